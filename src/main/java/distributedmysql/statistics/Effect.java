package distributedmysql.statistics;

import org.apache.commons.statistics.distribution.ChiSquaredDistribution;
import org.apache.commons.statistics.distribution.NormalDistribution;
import org.apache.commons.statistics.distribution.TDistribution;

/**
 * By how much the mean of one sample is above that of another, and how surely. The values of a sample are taken to
 * be independent of each other and about normally distributed, so a logarithm is the better scale for times and rates.
 *
 * @param difference new minus old
 * @param error standard error of the difference; above 0
 * @param freedom degrees of freedom of that error
 */
public record Effect(double difference, double error, double freedom) {
    /** How often a difference that is there should be seen. */
    private static final double POWER = 0.8;

    /** For the mean over the distribution of the error, which is not known but estimated. */
    private static final int QUANTILES = 50;

    /**
     * By Student's test: both sides are taken to vary alike, as they do where nothing has changed. Welch's test, which does not take
     * that for granted, calls twice as many differences as it should where one side has few values and the level is strict, and has
     * nothing to say of a single value.
     *
     * @throws IllegalArgumentException if there are too few values, or if all of each side are equal so that nothing tells how they vary
     */
    public static Effect of(double[] before, double[] after) {
        if (!isEnough(before.length, after.length)) {
            throw new IllegalArgumentException(before.length + " and " + after.length + " are too few");
        }
        double squares = squares(before) + squares(after);
        if (squares == 0) {
            throw new IllegalArgumentException("all values of a side are equal");
        }
        double freedom = before.length + after.length - 2;
        double error = Math.sqrt(squares / freedom * (1.0 / before.length + 1.0 / after.length));
        return new Effect(mean(after) - mean(before), error, freedom);
    }

    /** Whether so many values on each side can be compared: one on one of them is enough where the other has three. */
    public static boolean isEnough(int before, int after) {
        return Math.min(before, after) >= 1 && before + after >= 4;
    }

    private static double mean(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        return sum / values.length;
    }

    /** Of the deviations from the mean. */
    private static double squares(double[] values) {
        double mean = mean(values);
        double squares = 0;
        for (double value : values) {
            squares += (value - mean) * (value - mean);
        }
        return squares;
    }

    /** How likely so large a difference, in either direction, is where there is none. */
    public double p() {
        return Math.min(1, 2 * TDistribution.of(freedom).survivalProbability(Math.abs(difference) / error));
    }

    /** Half of the confidence interval of the difference, which is wrong with this probability. */
    public double half(double wrong) {
        return error * TDistribution.of(freedom).inverseSurvivalProbability(wrong / 2);
    }

    /**
     * The smallest true difference that would be told from none in four of five such comparisons, if the values vary as they did
     * here, and none is called a difference with this probability.
     */
    public double smallest(double wrong) {
        double quantile = half(wrong) / error;
        double[] errors = new double[QUANTILES];
        ChiSquaredDistribution squares = ChiSquaredDistribution.of(freedom);
        for (int i = 0; i < QUANTILES; i++) {
            errors[i] = Math.sqrt(squares.inverseCumulativeProbability((i + 0.5) / QUANTILES) / freedom);
        }
        double low = 0;
        double high = 10 * (quantile + 1);
        while (high - low > 1e-4 * high) {
            double middle = (low + high) / 2;
            if (power(middle, quantile, errors) < POWER) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return error * high;
    }

    /** How often a difference of so many standard errors is seen, over all that the estimated error may be. */
    private static double power(double difference, double quantile, double[] errors) {
        NormalDistribution normal = NormalDistribution.of(0, 1);
        double sum = 0;
        for (double each : errors) {
            sum += normal.survivalProbability(quantile * each - difference);
        }
        return sum / errors.length;
    }
}
