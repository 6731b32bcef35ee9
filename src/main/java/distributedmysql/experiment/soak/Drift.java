package distributedmysql.experiment.soak;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import distributedmysql.check.CheckResult;
import distributedmysql.check.Estimate;
import distributedmysql.check.Evidence;
import distributedmysql.check.Meaning;
import distributedmysql.check.Verdict;
import distributedmysql.config.Plural;
import distributedmysql.history.JsonRule;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Whether a measure of a steady load gets worse over time, in percent of its median: by its trend from the first
 * interval to the last, and by its last third against its first. Getting better is no drift.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonClassDescription("Whether one measure gets worse over the soak. Percentages are of its median; negative ones "
        + "are improvements.")
public record Drift(
        @JsonPropertyDescription("What was measured, for each interval.")
        @JsonRule("enum: ['throughput', 'p50', 'p95']")
        String measure,

        @JsonPropertyDescription("Intervals with a value.") int intervals,

        @JsonPropertyDescription(
                "How much worse it gets from the first to the last interval (Theil-Sen slope); absent if "
                        + "there are too few intervals.")
        @Nullable
        Estimate trendPercent,

        @JsonPropertyDescription(
                "How much worse the last third is than the first (Hodges-Lehmann shift); absent if there "
                        + "are too few intervals.")
        @Nullable
        Estimate lastThirdPercent,

        @JsonPropertyDescription("How much worse either may be.")
        double limitPercent,

        @JsonPropertyDescription("UNKNOWN: not enough evidence to say.")
        Verdict verdict) {

    /** With fewer intervals, nothing is said. */
    public static final int LEAST_INTERVALS = 12;

    static final Meaning MEANING = new Meaning(
            "Throughput or latency got worse while the load stayed the same.",
            "The soak was too short, or its figures scatter too much, to tell.",
            "Look at soak.intervals for when it began: checkpoints, purging, a cache that is full, a"
                    + " neighbour. If UNKNOWN, run a longer soak.");

    /** What is worse. */
    public enum Worse {
        LOWER,
        HIGHER
    }

    /** One interval's value, at so many seconds. */
    public record Point(double seconds, double value) {}

    public static Drift of(String measure, Worse worse, double limitPercent, List<Point> points) {
        double[] values = points.stream().mapToDouble(Point::value).toArray();
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        double median = sorted.length == 0 ? 0 : Estimate.median(sorted);
        if (values.length < LEAST_INTERVALS || median == 0) {
            return new Drift(measure, values.length, null, null, limitPercent, Verdict.UNKNOWN);
        }
        double[] seconds = points.stream().mapToDouble(Point::seconds).toArray();
        int third = values.length / 3;
        double percent = (worse == Worse.HIGHER ? 100 : -100) / median;
        Estimate trend = Estimate.slope(seconds, values).times(percent * (seconds[seconds.length - 1] - seconds[0]));
        Estimate shift = Estimate.shift(
                        Arrays.copyOf(values, third), Arrays.copyOfRange(values, values.length - third, values.length))
                .times(percent);
        return new Drift(measure, values.length, trend, shift, limitPercent, verdict(trend, shift, limitPercent));
    }

    private static Verdict verdict(Estimate trend, Estimate shift, double limit) {
        List<Verdict> both = List.of(trend.atMost(limit), shift.atMost(limit));
        if (both.contains(Verdict.INVALID)) {
            return Verdict.INVALID;
        }
        return both.contains(Verdict.UNKNOWN) ? Verdict.UNKNOWN : Verdict.VALID;
    }

    /** Of a load that something else than the servers limited: neither better nor worse says anything. */
    public Drift ofALimitedLoad() {
        return new Drift(measure, intervals, trendPercent, lastThirdPercent, limitPercent, Verdict.UNKNOWN);
    }

    /** The name of its check. */
    public static String checkName(String measure) {
        return "drift: " + measure;
    }

    public CheckResult check() {
        return new CheckResult(checkName(measure), verdict, evidence());
    }

    private String evidence() {
        if (trendPercent == null) {
            return Evidence.count(intervals, "interval") + " with a value; at least " + LEAST_INTERVALS + " are needed";
        }
        return "worse by " + percent(trendPercent) + " from first to last of " + Plural.of(intervals, "interval")
                + ", by "
                + percent(lastThirdPercent) + " in the last third against the first; at most "
                + String.format(Locale.ROOT, "%.1f %%", limitPercent) + " is allowed";
    }

    private static String percent(Estimate estimate) {
        return figure(estimate.value()) + " % (95 %: " + figure(estimate.low()) + " to " + figure(estimate.high())
                + ")";
    }

    /** Nobody says -0.0. */
    private static String figure(double percent) {
        return String.format(Locale.ROOT, "%.1f", Math.round(percent * 10) == 0 ? 0.0 : percent);
    }
}
