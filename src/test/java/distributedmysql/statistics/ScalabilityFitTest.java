package distributedmysql.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.util.List;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScalabilityFitTest {
    /** Of a Cisco system, with 1 to 32 users, from B. Schwartz, "Practical Scalability Analysis with the Universal Scalability Law". */
    private static final double[] CISCO = {
        955.16, 1878.91, 2688.01, 3548.68, 4315.54, 5130.43, 5931.37, 6531.08, 7219.8, 7867.61, 8278.71, 8646.7,
        9047.84, 9426.55, 9645.37, 9897.24, 10097.6, 10240.5, 10532.39, 10798.52, 11151.43, 11518.63, 11806, 12089.37,
        12075.41, 12177.29, 12211.41, 12158.93, 12155.27, 12118.04, 12140.4, 12074.39
    };

    private static final double[] LEVELS = {1, 2, 4, 8, 16, 32, 64, 128};

    @Test
    @DisplayName("The published measurements have the parameters that are published with them")
    void known() {
        ScalabilityFit fit = ScalabilityFit.of(IntStream.range(0, CISCO.length)
                .mapToObj(i -> new MeasuredRate(i + 1, CISCO[i]))
                .toList());

        assertThat(fit.law().sigma()).isCloseTo(0.02671591, withinPercentage(0.02));
        assertThat(fit.law().kappa()).isCloseTo(7.690945e-4, withinPercentage(0.02));
        assertThat(fit.law().lambda()).isCloseTo(995.6486, withinPercentage(0.02));
        assertThat(fit.law().knee()).hasValue(35);
        assertThat(fit.law().rate(35)).isCloseTo(12_341.7, withinPercentage(0.02));
        assertThat(fit.isPoor()).isFalse();
        assertThat(fit.predictionError()).isBetween(0.01, 0.03);
        assertThat(fit.sigma().orElseThrow().low()).isBetween(0.015, 0.02);
        assertThat(fit.sigma().orElseThrow().high()).isBetween(0.033, 0.038);
    }

    @ParameterizedTest
    @CsvSource({"0.02, 1e-4, 5000", "0.3, 1e-6, 100000", "0.05, 0, 800", "0, 5e-4, 12.5", "0, 0, 300", "0.7, 0.01, 1e6"
    })
    @DisplayName("A curve without noise gives its parameters back")
    void exact(double sigma, double kappa, double lambda) {
        ScalabilityLaw law = new ScalabilityLaw(sigma, kappa, lambda);
        ScalabilityFit fit = ScalabilityFit.of(curve(law::rate));

        assertThat(fit.law().sigma()).isCloseTo(sigma, within(1e-6));
        assertThat(fit.law().kappa()).isCloseTo(kappa, within(1e-8));
        assertThat(fit.law().lambda()).isCloseTo(lambda, withinPercentage(1e-4));
        assertThat(fit.predictionError()).isLessThan(1e-5);
    }

    @Test
    @DisplayName("Nineteen in twenty intervals hold what was planted")
    void intervals() {
        ScalabilityLaw law = new ScalabilityLaw(0.05, 4e-4, 1000);
        Random random = new Random(1);
        int runs = 500;
        int sigma = 0;
        int kappa = 0;
        int lambda = 0;
        for (int run = 0; run < runs; run++) {
            ScalabilityFit fit = ScalabilityFit.of(curve(users -> law.rate(users) + 60 * random.nextGaussian()));
            sigma += holds(fit.sigma().orElseThrow(), law.sigma());
            kappa += holds(fit.kappa().orElseThrow(), law.kappa());
            lambda += holds(fit.lambda(), law.lambda());
        }
        assertThat(List.of(sigma, kappa, lambda))
                .allSatisfy(hits -> assertThat(hits).isBetween(460, 490));
    }

    private static int holds(ScalabilityFit.Range range, double value) {
        return range.low() <= value && value <= range.high() ? 1 : 0;
    }

    @Test
    @DisplayName("Crosstalk that would be below 0 is 0, and there is no knee")
    void noCrosstalk() {
        // More than in proportion at first, as no law of this kind has it.
        ScalabilityFit fit = ScalabilityFit.of(curve(users -> 100 * Math.pow(users, 1.05)));

        assertThat(fit.law().sigma()).isZero();
        assertThat(fit.law().kappa()).isZero();
        assertThat(fit.law().knee()).isEmpty();
        assertThat(fit.sigma()).isEmpty();
        assertThat(fit.kappa()).isEmpty();
    }

    @Test
    @DisplayName("A constant, a falling and a curve of three points cannot be fitted, with the reason")
    void refused() {
        assertThatThrownBy(() -> ScalabilityFit.of(curve(users -> 700)))
                .isInstanceOf(NoFitException.class)
                .hasMessage(
                        "the rate never rises from 1 on, 700/s there and 700/s at most: how it rises was not measured");
        assertThatThrownBy(() -> ScalabilityFit.of(curve(users -> 700 - users)))
                .isInstanceOf(NoFitException.class)
                .hasMessageStartingWith("the rate never rises from 1 on, 699/s there and 699/s at most");
        assertThatThrownBy(() -> ScalabilityFit.of(curve(users -> users == 8 ? 703 : 700)))
                .isInstanceOf(NoFitException.class)
                .hasMessageStartingWith("the rate hardly rises from 1 on, 700/s there and 703/s at most");
        assertThatThrownBy(() -> ScalabilityFit.of(curve(users -> users).subList(0, 3)))
                .isInstanceOf(NoFitException.class)
                .hasMessageStartingWith("too few points, 3 of 4");
        assertThatThrownBy(() -> ScalabilityFit.of(curve(users -> users == 128 ? 0 : users)))
                .isInstanceOf(NoFitException.class)
                .hasMessage("nothing was answered at 128");
    }

    @Test
    @DisplayName("A curve that falls off a cliff is fitted poorly, and its worst point is named")
    void poor() {
        ScalabilityFit fit = ScalabilityFit.of(curve(users -> users <= 32 ? 100 * users : 400));

        assertThat(fit.isPoor()).isTrue();
        assertThat(fit.worst().error()).isGreaterThan(fit.predictionError());
        assertThat(fit.worst().point().users()).isGreaterThanOrEqualTo(32);
    }

    private static List<MeasuredRate> curve(DoubleUnaryOperator rate) {
        return DoubleStream.of(LEVELS)
                .mapToObj(users -> new MeasuredRate(users, rate.applyAsDouble(users)))
                .toList();
    }
}
