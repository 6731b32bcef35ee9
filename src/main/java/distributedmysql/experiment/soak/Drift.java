package distributedmysql.experiment.soak;

import com.fasterxml.jackson.annotation.JsonInclude;
import distributedmysql.check.CheckResult;
import distributedmysql.check.Estimate;
import distributedmysql.check.Evidence;
import distributedmysql.check.Verdict;
import distributedmysql.config.Plural;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Whether a measure of a steady load gets worse over time, in percent of its median: by its trend from the first
 * interval to the last, and by its last third against its first. Getting better is no drift.
 *
 * @param measure for instance {@code throughput}
 * @param intervals in which there was a value
 * @param trendPercent how much worse it gets from the first interval to the last; null if there are too few intervals
 * @param lastThirdPercent how much worse the last third is than the first; null if there are too few intervals
 * @param limitPercent how much worse either may be
 * @param verdict {@code INVALID} only if a whole confidence interval is above the limit, {@code VALID} only if both are
 *     not above it
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Drift(
        String measure,
        int intervals,
        Estimate trendPercent,
        Estimate lastThirdPercent,
        double limitPercent,
        Verdict verdict) {

    /** With fewer intervals, nothing is said. */
    public static final int LEAST_INTERVALS = 12;

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
        return String.format(
                Locale.ROOT, "%.1f %% (95 %%: %.1f to %.1f)", estimate.value(), estimate.low(), estimate.high());
    }
}
