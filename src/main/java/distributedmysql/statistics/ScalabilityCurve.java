package distributedmysql.statistics;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.hipparchus.exception.MathIllegalStateException;
import org.hipparchus.exception.MathRuntimeException;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.ArrayRealVector;
import org.hipparchus.linear.QRDecomposition;
import org.hipparchus.linear.RealMatrix;
import org.hipparchus.linear.RealVector;
import org.hipparchus.optim.nonlinear.vector.leastsquares.LeastSquaresBuilder;
import org.hipparchus.optim.nonlinear.vector.leastsquares.LeastSquaresOptimizer.Optimum;
import org.hipparchus.optim.nonlinear.vector.leastsquares.LeastSquaresProblem;
import org.hipparchus.optim.nonlinear.vector.leastsquares.LevenbergMarquardtOptimizer;
import org.hipparchus.util.Pair;

/**
 * Least squares of the {@link ScalabilityLaw}. Neither contention nor crosstalk can be below 0; where the best fit has one below,
 * the best with it at 0 is taken, which is where the least squares of what is allowed are.
 *
 * <p>Parameters and rates are scaled to the size of 1, because a crosstalk of 10<sup>-4</sup> beside a rate of 10<sup>4</sup>
 * would leave the normal equations without digits.
 */
final class ScalabilityCurve {
    private static final int MOST_ITERATIONS = 1000;
    private static final double SINGULAR = 1e-14;

    /** Which of contention and crosstalk are not 0: all, or else one, or else none. */
    private static final List<List<Term>> CHOICES = List.of(
            List.of(Term.ALONE, Term.CONTENTION, Term.CROSSTALK),
            List.of(Term.ALONE, Term.CONTENTION),
            List.of(Term.ALONE, Term.CROSSTALK),
            List.of(Term.ALONE));

    /** A term of the time that a request takes: its factor is a parameter of the law. */
    private enum Term {
        ALONE,
        CONTENTION,
        CROSSTALK;

        double of(double users) {
            return switch (this) {
                case ALONE -> 1;
                case CONTENTION -> users - 1;
                case CROSSTALK -> users * (users - 1);
            };
        }
    }

    /**
     * @param deviations standard errors of sigma, kappa and lambda; NaN for what is 0 because it would be below
     * @param free the number of parameters that were fitted
     */
    record Fitted(ScalabilityLaw law, List<Double> deviations, int free, double squares) {}

    private final List<MeasuredRate> points;
    private final double mostUsers;
    private final double highest;

    ScalabilityCurve(List<MeasuredRate> points) {
        this.points = points;
        this.mostUsers = points.stream().mapToDouble(MeasuredRate::users).max().orElseThrow();
        this.highest = points.stream().mapToDouble(MeasuredRate::rate).max().orElseThrow();
    }

    /** @throws NoFitException if there is none */
    Fitted fit() {
        return fit(CHOICES.get(0))
                .or(() -> Stream.of(CHOICES.get(1), CHOICES.get(2))
                        .flatMap(choice -> fit(choice).stream())
                        .min((one, other) -> Double.compare(one.squares, other.squares)))
                .or(() -> fit(CHOICES.get(3)))
                .orElseThrow(() -> new NoFitException("no curve of this kind is near the points"));
    }

    /** Empty if a parameter is below 0 then. */
    private Optional<Fitted> fit(List<Term> terms) {
        try {
            RealVector start = linear(terms);
            if (start.getMinValue() < 0 || start.getEntry(0) == 0) {
                start = new ArrayRealVector(terms.size(), 1.0);
            }
            Optimum best = new LevenbergMarquardtOptimizer().optimize(problem(terms, start));
            return best.getPoint().getMinValue() < 0 ? Optional.empty() : Optional.of(fitted(terms, best));
        } catch (MathIllegalStateException e) {
            // It did not converge.
            return Optional.empty();
        }
    }

    /**
     * The time of a request, users / rate, is linear in its parameters. Weighted by how much a rate changes with it, its least
     * squares are nearly those of the rates.
     */
    private RealVector linear(List<Term> terms) {
        RealMatrix times = new Array2DRowRealMatrix(points.size(), terms.size());
        RealVector measured = new ArrayRealVector(points.size());
        for (int row = 0; row < points.size(); row++) {
            double users = points.get(row).users() / mostUsers;
            double rate = points.get(row).rate() / highest;
            double weight = rate * rate / users;
            measured.setEntry(row, weight * users / rate);
            for (int column = 0; column < terms.size(); column++) {
                times.setEntry(row, column, weight * scaled(terms.get(column), points.get(row)));
            }
        }
        try {
            return new QRDecomposition(times).getSolver().solve(measured);
        } catch (MathRuntimeException e) {
            // Singular: any start does.
            return new ArrayRealVector(terms.size(), 1.0);
        }
    }

    /** The term, at most 1. */
    private double scaled(Term term, MeasuredRate point) {
        return term.of(point.users()) / scale(term);
    }

    private double scale(Term term) {
        return switch (term) {
            case ALONE -> 1;
            case CONTENTION -> mostUsers;
            case CROSSTALK -> mostUsers * mostUsers;
        };
    }

    /** With rate = users / (sum of parameter × term), all scaled. */
    private LeastSquaresProblem problem(List<Term> terms, RealVector start) {
        double[] target =
                points.stream().mapToDouble(point -> point.rate() / highest).toArray();
        return new LeastSquaresBuilder()
                .start(start)
                .target(target)
                .model(parameters -> rates(terms, parameters))
                .maxEvaluations(MOST_ITERATIONS)
                .maxIterations(MOST_ITERATIONS)
                .build();
    }

    private Pair<RealVector, RealMatrix> rates(List<Term> terms, RealVector parameters) {
        RealVector rates = new ArrayRealVector(points.size());
        RealMatrix slopes = new Array2DRowRealMatrix(points.size(), terms.size());
        for (int row = 0; row < points.size(); row++) {
            MeasuredRate point = points.get(row);
            double users = point.users() / mostUsers;
            double time = IntStream.range(0, terms.size())
                    .mapToDouble(column -> parameters.getEntry(column) * scaled(terms.get(column), point))
                    .sum();
            rates.setEntry(row, users / time);
            for (int column = 0; column < terms.size(); column++) {
                slopes.setEntry(row, column, -users / (time * time) * scaled(terms.get(column), point));
            }
        }
        return new Pair<>(rates, slopes);
    }

    /** Back from the times of the terms to contention and crosstalk, which are shares of the time of one who is alone. */
    private Fitted fitted(List<Term> terms, Optimum best) {
        double alone = best.getPoint().getEntry(0);
        if (alone == 0) {
            throw new NoFitException("one user alone would have no limit");
        }
        double[] law = {0, 0, highest / mostUsers / alone};
        int freedom = points.size() - terms.size();
        double squares = best.getCost() * best.getCost();
        double[] deviations = {Double.NaN, Double.NaN, Double.NaN};
        RealMatrix covariances = best.getCovariances(SINGULAR).scalarMultiply(squares / Math.max(1, freedom));
        deviations[2] = law[2] * Math.sqrt(covariances.getEntry(0, 0)) / alone;
        for (int column = 1; column < terms.size(); column++) {
            int parameter = terms.get(column).ordinal() - 1;
            double time = best.getPoint().getEntry(column);
            double scale = scale(terms.get(column));
            law[parameter] = time / alone / scale;
            double variance = covariances.getEntry(column, column)
                    - 2 * time / alone * covariances.getEntry(0, column)
                    + time * time / (alone * alone) * covariances.getEntry(0, 0);
            deviations[parameter] = Math.sqrt(Math.max(0, variance)) / alone / scale;
        }
        return new Fitted(
                new ScalabilityLaw(law[0], law[1], law[2]),
                List.of(deviations[0], deviations[1], deviations[2]),
                terms.size(),
                squares);
    }
}
