package distributedmysql.check;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import distributedmysql.config.Plural;
import distributedmysql.history.JsonRule;
import java.util.Arrays;

/**
 * A robust estimate with its 95 % confidence interval. Both estimators are medians of differences, so that single
 * outliers do not move them, and assume no distribution, but that the deviations are independent of each other.
 */
@JsonClassDescription("A robust estimate with its 95 % confidence interval.")
public record Estimate(
        @JsonPropertyDescription("The estimate.") @JsonRule("minimum: null")
        double value,

        @JsonPropertyDescription("Lower end of the interval.") @JsonRule("minimum: null")
        double low,

        @JsonPropertyDescription("Upper end of the interval.") @JsonRule("minimum: null")
        double high) {
    /** The 0.975 quantile of the standard normal distribution. */
    private static final double Z = 1.959964;

    /**
     * The Theil–Sen slope of values over time, per unit of time, with the interval that Kendall's statistic gives it
     * (P. K. Sen, "Estimates of the regression coefficient based on Kendall's tau", JASA 63, 1968; normal
     * approximation, so for some ten values and more). Takes time and memory by the square of their number.
     *
     * @throws IllegalArgumentException if there are not as many times as values, or fewer than two different times
     */
    public static Estimate slope(double[] times, double[] values) {
        int n = times.length;
        double[] slopes = new double[n * (n - 1) / 2];
        int count = 0;
        for (int i = 0; i < n; i++) {
            for (int j = i + 1; j < n; j++) {
                if (times[j] != times[i]) {
                    slopes[count++] = (values[j] - values[i]) / (times[j] - times[i]);
                }
            }
        }
        if (values.length != n || count == 0) {
            throw new IllegalArgumentException(Plural.of(n, "time") + ", " + Plural.of(values.length, "value"));
        }
        return middle(Arrays.copyOf(slopes, count), Math.sqrt(n * (n - 1.0) * (2 * n + 5) / 18));
    }

    /**
     * The Hodges–Lehmann estimate of how much higher the later values are, with the interval that the Mann–Whitney
     * statistic gives it (Hollander, Wolfe, "Nonparametric Statistical Methods", sections 4.2 and 4.3).
     *
     * @throws IllegalArgumentException if one of them is empty
     */
    public static Estimate shift(double[] earlier, double[] later) {
        if (earlier.length == 0 || later.length == 0) {
            throw new IllegalArgumentException(
                    Plural.of(earlier.length, "earlier value") + ", " + Plural.of(later.length, "later value"));
        }
        double[] differences = new double[earlier.length * later.length];
        int count = 0;
        for (double before : earlier) {
            for (double after : later) {
                differences[count++] = after - before;
            }
        }
        // Twice the deviation of the Mann–Whitney statistic is that of the difference between the pairs that rise and
        // those that fall, which is what Kendall's statistic is for a slope.
        double n = earlier.length + later.length;
        return middle(differences, 2 * Math.sqrt(count * (n + 1) / 12));
    }

    /** The median and the order statistics that are Z deviations away from it. */
    private static Estimate middle(double[] differences, double deviation) {
        Arrays.sort(differences);
        int count = differences.length;
        int low = (int) Math.floor((count - Z * deviation) / 2) - 1;
        int high = count - 1 - low;
        return new Estimate(median(differences), differences[Math.max(0, low)], differences[Math.min(count - 1, high)]);
    }

    public static double median(double[] sorted) {
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    public Estimate times(double factor) {
        double one = low * factor;
        double other = high * factor;
        return new Estimate(value * factor, Math.min(one, other), Math.max(one, other));
    }

    /** Whether it is above the limit: VALID or INVALID only where the whole interval says so. */
    public Verdict atMost(double limit) {
        if (high <= limit) {
            return Verdict.VALID;
        }
        return low > limit ? Verdict.INVALID : Verdict.UNKNOWN;
    }
}
