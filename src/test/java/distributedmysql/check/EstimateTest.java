package distributedmysql.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EstimateTest {
    private static final double[] TIMES =
            IntStream.range(0, 40).asDoubleStream().toArray();

    @Test
    void theSlopeOfALineIsExact() {
        assertThat(Estimate.slope(TIMES, noisy(3, 0, 1))).isEqualTo(new Estimate(3, 3, 3));
    }

    @Test
    void singleOutliersDoNotMoveTheSlope() {
        double[] values = noisy(3, 0, 1);
        values[5] = 1e9;
        values[20] = -1e9;

        assertThat(Estimate.slope(TIMES, values).value()).isEqualTo(3);
    }

    @Test
    void theSlopeIsTheMedianOfThoseOfAllPairs() {
        double[] values = {1.26, 1.27, 1.12, 1.16, 1.03};

        Estimate slope = Estimate.slope(new double[] {1, 2, 3, 4, 5}, values);

        // The ten slopes, sorted: -.15 -.13 -.08 -.07 -.0575 -.055 -.045 -.0333 .01 .04
        assertThat(slope.value()).isCloseTo(-0.05625, within(1e-9));
        assertThat(slope.low()).isCloseTo(-0.15, within(1e-9));
        assertThat(slope.high()).isCloseTo(0.04, within(1e-9));
    }

    @Test
    void theIntervalHoldsTheSlopeIn95OfAHundredSeries() {
        long held = IntStream.range(0, 1_000)
                .filter(seed -> holds(Estimate.slope(TIMES, noisy(0.5, 10, seed)), 0.5))
                .count();

        assertThat(held).isBetween(930L, 975L);
    }

    @Test
    void theIntervalHoldsTheShiftIn95OfAHundredSeries() {
        long held = IntStream.range(0, 1_000)
                .filter(seed -> {
                    double[] earlier = noisy(0, 10, seed);
                    double[] later = noisy(0, 10, seed + 5_000);
                    double[] shifted = Arrays.stream(later).map(v -> v + 7).toArray();
                    return holds(Estimate.shift(earlier, shifted), 7);
                })
                .count();

        assertThat(held).isBetween(930L, 975L);
    }

    @Test
    void fewValuesHaveTheWidestInterval() {
        Estimate slope = Estimate.slope(new double[] {0, 1, 2}, new double[] {0, 1, 5});

        assertThat(slope).isEqualTo(new Estimate(2.5, 1, 4));
        assertThatThrownBy(() -> Estimate.slope(new double[] {1}, new double[] {1}))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Estimate.shift(new double[0], new double[] {1}))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void onlyAWholeIntervalIsAVerdict() {
        Estimate estimate = new Estimate(2, 1, 3);

        assertThat(estimate.atMost(3)).isEqualTo(Verdict.VALID);
        assertThat(estimate.atMost(2.5)).isEqualTo(Verdict.UNKNOWN);
        assertThat(estimate.atMost(0.9)).isEqualTo(Verdict.INVALID);
    }

    @Test
    void theIntervalIsThatOfTheOrderStatistics() {
        double[] times = Arrays.copyOf(TIMES, 10);
        double[] values = Arrays.stream(times).map(time -> Math.pow(2, time)).toArray();
        double[] slopes = IntStream.range(0, 10)
                .boxed()
                .flatMap(i -> IntStream.range(i + 1, 10).mapToObj(j -> (values[j] - values[i]) / (j - i)))
                .mapToDouble(Double::doubleValue)
                .sorted()
                .toArray();
        // 45 pairs; Z times sqrt(10 * 9 * 25 / 18) is 21.9.
        assertThat(Estimate.slope(times, values)).isEqualTo(new Estimate(slopes[22], slopes[10], slopes[34]));

        double[] later = {1, 2, 4, 8, 16};
        double[] earlier = {0, 32, 64, 128, 256};
        double[] shifts = Arrays.stream(earlier)
                .flatMap(before -> Arrays.stream(later).map(after -> after - before))
                .sorted()
                .toArray();
        // 25 pairs; Z times 2 * sqrt(25 * 11 / 12) is 18.8.
        assertThat(Estimate.shift(earlier, later)).isEqualTo(new Estimate(shifts[12], shifts[2], shifts[22]));
    }

    @Test
    void anEstimateTimesAFactorIsStillAnInterval() {
        assertThat(new Estimate(2, 1, 3).times(10)).isEqualTo(new Estimate(20, 10, 30));
        assertThat(new Estimate(2, 1, 3).times(-10)).isEqualTo(new Estimate(-20, -30, -10));
        assertThat(new Estimate(2, 1, 3).atMost(1)).isEqualTo(Verdict.UNKNOWN);
    }

    private static boolean holds(Estimate estimate, double truth) {
        return estimate.low() <= truth && truth <= estimate.high();
    }

    private static double[] noisy(double slope, double deviation, long seed) {
        Random random = new Random(seed);
        return IntStream.range(0, TIMES.length)
                .mapToDouble(i -> slope * i + deviation * random.nextGaussian())
                .toArray();
    }
}
