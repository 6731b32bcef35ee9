package distributedmysql.statistics;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.commons.statistics.distribution.TDistribution;

/**
 * The {@link ScalabilityLaw} that is nearest to measured rates (least squares, by Levenberg and Marquardt), and how far it can be
 * believed. Immutable.
 *
 * @param sigma interval of contention; empty if it is 0 because the best fit had it below
 * @param kappa interval of crosstalk; empty likewise
 * @param lambda interval of the rate of one user
 * @param leftOut what became of each point when it was left out and predicted by the others, in the points' order
 */
public record ScalabilityFit(
        ScalabilityLaw law, Optional<Range> sigma, Optional<Range> kappa, Range lambda, List<LeftOut> leftOut) {
    /** Three parameters, and one point to judge them by. */
    public static final int LEAST_POINTS = 4;

    /** How much higher than the first rate the highest must be; below it, noise would be fitted. */
    private static final double RISE = 1.1;

    /** On average over the points that were left out; what is above is of no use for planning. */
    private static final double POOR_ERROR = 0.1;

    /** A 95 % confidence interval, by Student's distribution and the fit's linear approximation. */
    public record Range(double low, double high) {}

    /** A point that was left out. */
    public record LeftOut(MeasuredRate point, double predicted) {
        /** Relative to what was measured. */
        public double error() {
            return Math.abs(predicted / point.rate() - 1);
        }
    }

    public ScalabilityFit {
        leftOut = List.copyOf(leftOut);
    }

    /**
     * @param points by rising numbers of users
     * @throws NoFitException if they cannot be fitted, with the reason
     */
    public static ScalabilityFit of(List<MeasuredRate> points) {
        refuse(points);
        ScalabilityCurve.Fitted fitted = new ScalabilityCurve(points).fit();
        double quantile = TDistribution.of(points.size() - fitted.free()).inverseSurvivalProbability(0.025);
        ScalabilityLaw law = fitted.law();
        List<Double> errors = fitted.deviations();
        return new ScalabilityFit(
                law,
                range(law.sigma(), quantile * errors.get(0)),
                range(law.kappa(), quantile * errors.get(1)),
                range(law.lambda(), quantile * errors.get(2)).orElseThrow(),
                leftOut(points));
    }

    private static void refuse(List<MeasuredRate> points) {
        long different = points.stream().map(MeasuredRate::users).distinct().count();
        if (different < LEAST_POINTS) {
            throw new NoFitException("too few points, " + different + " of " + LEAST_POINTS
                    + ": the law has three parameters, and one more point must judge them");
        }
        MeasuredRate first = points.get(0);
        for (MeasuredRate point : points) {
            if (point.rate() <= 0) {
                throw new NoFitException(String.format(Locale.ROOT, "nothing was answered at %.0f", point.users()));
            }
        }
        double highest = points.stream().mapToDouble(MeasuredRate::rate).max().orElseThrow();
        if (highest < RISE * first.rate()) {
            throw new NoFitException(String.format(
                    Locale.ROOT,
                    "%s from %.0f on, %,.0f/s there and %,.0f/s at most: how it rises was not measured",
                    highest == first.rate() ? "the rate never rises" : "the rate hardly rises",
                    first.users(),
                    first.rate(),
                    highest));
        }
    }

    private static Optional<Range> range(double value, double half) {
        return Double.isNaN(half) ? Optional.empty() : Optional.of(new Range(value - half, value + half));
    }

    private static List<LeftOut> leftOut(List<MeasuredRate> points) {
        List<LeftOut> all = new ArrayList<>();
        for (int i = 0; i < points.size(); i++) {
            MeasuredRate point = points.get(i);
            List<MeasuredRate> others = new ArrayList<>(points);
            others.remove(i);
            all.add(new LeftOut(point, new ScalabilityCurve(others).fit().law().rate(point.users())));
        }
        return all;
    }

    /** The mean of the errors of the points that were left out, relative to what was measured. */
    public double predictionError() {
        return leftOut.stream().mapToDouble(LeftOut::error).average().orElseThrow();
    }

    /** The point that the others predicted worst. */
    public LeftOut worst() {
        return leftOut.stream()
                .max((one, other) -> Double.compare(one.error(), other.error()))
                .orElseThrow();
    }

    /** Whether the points are not as the law says, so that nothing should be concluded from it. */
    public boolean isPoor() {
        return predictionError() > POOR_ERROR;
    }
}
