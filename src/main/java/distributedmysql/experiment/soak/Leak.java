package distributedmysql.experiment.soak;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import distributedmysql.check.CheckResult;
import distributedmysql.check.Estimate;
import distributedmysql.check.Evidence;
import distributedmysql.check.Meaning;
import distributedmysql.check.Verdict;
import distributedmysql.history.JsonRule;
import distributedmysql.history.Quantity;
import distributedmysql.history.TimeSeries;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Whether a quantity goes on growing after its warm-up, by a robust slope and its confidence interval. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonClassDescription("How one quantity grows after its warm-up.")
public record Leak(
        @JsonPropertyDescription("What was read.") Quantity quantity,
        @JsonPropertyDescription("The server, or client.") String node,
        @JsonPropertyDescription("Its unit.") String unit,

        @JsonPropertyDescription(
                "How much it grows, in units per second (Theil-Sen slope); absent if there are too few readings.")
        @JsonRule("minimum: null")
        Double slopePerSecond,

        @JsonPropertyDescription("95 % confidence interval of the slope; absent if there are too few readings.")
        @Nullable
        Ci95 ci95,

        @JsonPropertyDescription("How much it may grow, in units per second.")
        double limit,

        @JsonPropertyDescription("Readings after the warm-up.")
        int samples,

        @JsonPropertyDescription("UNKNOWN: not enough evidence to say.")
        Verdict verdict,

        @JsonPropertyDescription("Why the verdict is UNKNOWN; absent if it is not.") @Nullable
        String reason,

        @JsonPropertyDescription("When the warm-up ended, in seconds of the soak; absent without readings.")
        Double judgedFromSeconds,

        @JsonPropertyDescription("What was read, warm-up included: of more than 300 readings, evenly chosen ones.")
        List<Reading> readings) {

    private static final int MOST_READINGS = 300;

    /** With fewer readings after the warm-up, nothing is said. */
    public static final int LEAST_SAMPLES = 10;

    static final Meaning MEANING = new Meaning(
            "Something goes on growing while the load stays the same.",
            "It could not be read often enough, the soak was too short, or the readings scatter too much to tell.",
            "Look at soak.leaks for node and rate, and repeat with a longer soak: what fills a cache stops"
                    + " growing, a leak does not.");

    /** The interval of the slope that holds in 95 of 100 cases. */
    public record Ci95(
            @JsonPropertyDescription("Lower end.") @JsonRule("minimum: null")
            double low,

            @JsonPropertyDescription("Upper end.") @JsonRule("minimum: null")
            double high) {}

    /** One reading. */
    @JsonClassDescription("One reading.")
    public record Reading(
            @JsonPropertyDescription("When, in seconds of the soak.")
            double seconds,

            @JsonPropertyDescription("What was read, in the quantity's unit.")
            double value) {
        private static List<Reading> all(TimeSeries series) {
            List<TimeSeries.Point> points = series.points();
            int step = (points.size() + MOST_READINGS - 1) / MOST_READINGS;
            return IntStream.range(0, points.size())
                    .filter(i -> i % step == 0)
                    .mapToObj(points::get)
                    .map(point -> new Reading(rounded(point.seconds()), point.value()))
                    .toList();
        }
    }

    /**
     * How series are judged.
     *
     * @param warmUpShare the share of a series, from its beginning, in which growth is no leak
     * @param leastSeconds from first to last reading after the warm-up
     */
    public record Rule(double warmUpShare, double leastSeconds) {}

    /** The name of its check. */
    public static String checkName(Quantity quantity) {
        return "leak: " + quantity.label();
    }

    public static Leak of(TimeSeries series, double limit, Rule rule) {
        List<TimeSeries.Point> all = series.points();
        double span = all.isEmpty()
                ? 0
                : all.get(all.size() - 1).seconds() - all.get(0).seconds();
        double from = all.isEmpty() ? 0 : all.get(0).seconds() + rule.warmUpShare * span;
        double[] seconds = all.stream()
                .mapToDouble(TimeSeries.Point::seconds)
                .filter(second -> second >= from)
                .toArray();
        double[] values = all.stream()
                .filter(point -> point.seconds() >= from)
                .mapToDouble(TimeSeries.Point::value)
                .toArray();
        if (seconds.length < LEAST_SAMPLES) {
            String few = Evidence.count(seconds.length, "reading") + " after the warm-up; at least " + LEAST_SAMPLES
                    + " are needed" + (series.missing() == null ? "" : " (" + series.missing() + ")");
            return unknown(series, limit, seconds.length, few, all.isEmpty() ? null : rounded(from));
        }
        double measured = seconds[seconds.length - 1] - seconds[0];
        Estimate slope = Estimate.slope(seconds, values);
        String tooShort = String.format(
                Locale.ROOT,
                "measured for %.1f s after the warm-up; at least %.1f s are needed",
                measured,
                rule.leastSeconds);
        boolean enough = measured >= rule.leastSeconds;
        Verdict verdict = enough ? slope.atMost(limit) : Verdict.UNKNOWN;
        String reason = verdict != Verdict.UNKNOWN ? null : enough ? "the limit is in the interval" : tooShort;
        return new Leak(
                series.quantity(),
                series.node(),
                series.quantity().unit(),
                slope.value(),
                new Ci95(slope.low(), slope.high()),
                limit,
                seconds.length,
                verdict,
                reason,
                rounded(from),
                Reading.all(series));
    }

    private static double rounded(double seconds) {
        return Math.round(seconds * 1e3) / 1e3;
    }

    private static Leak unknown(TimeSeries series, double limit, int samples, String reason, @Nullable Double from) {
        return new Leak(
                series.quantity(),
                series.node(),
                series.quantity().unit(),
                null,
                null,
                limit,
                samples,
                Verdict.UNKNOWN,
                reason,
                from,
                Reading.all(series));
    }

    /** One quantity on all nodes: one leak is INVALID, else one that is not known is UNKNOWN. */
    public static CheckResult check(Quantity quantity, List<Leak> leaks) {
        List<Leak> ofQuantity =
                leaks.stream().filter(leak -> leak.quantity == quantity).toList();
        if (ofQuantity.isEmpty()) {
            return CheckResult.unknown(checkName(quantity), "it was not read");
        }
        String limit = "at most " + figure(ofQuantity.get(0).limit) + " " + quantity.unit() + "/s is allowed";
        String valid = lines(ofQuantity, Verdict.VALID);
        return Evidence.judge(
                checkName(quantity),
                lines(ofQuantity, Verdict.INVALID),
                lines(ofQuantity, Verdict.UNKNOWN),
                valid.isEmpty() ? limit : valid + "; " + limit);
    }

    private static String lines(List<Leak> leaks, Verdict verdict) {
        return leaks.stream()
                .filter(leak -> leak.verdict == verdict)
                .map(Leak::line)
                .collect(Collectors.joining("; "));
    }

    private String line() {
        if (slopePerSecond == null) {
            return node + ": " + reason;
        }
        String line = node + ": grows by " + figure(slopePerSecond) + " " + unit + "/s (95 %: " + figure(ci95.low)
                + " to " + figure(ci95.high) + ", " + Evidence.count(samples, "reading") + ")";
        return reason == null ? line : line + ", " + reason;
    }

    private static String figure(double value) {
        return Math.abs(value) >= 100 || value == Math.rint(value)
                ? String.format(Locale.ROOT, "%,.0f", value)
                : String.format(Locale.ROOT, "%.3f", value);
    }
}
