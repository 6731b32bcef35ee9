package distributedmysql.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.apache.commons.statistics.inference.AlternativeHypothesis;
import org.apache.commons.statistics.inference.DataDispersion;
import org.apache.commons.statistics.inference.TTest;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EffectTest {
    private static final double[] BEFORE = {5.1, 4.9, 5.6, 5.2, 5.0};
    private static final double[] AFTER = {5.9, 6.4, 5.5};

    @Test
    @DisplayName("Its probability is that of Student's test")
    void student() {
        double expected = TTest.withDefaults()
                .with(DataDispersion.HOMOSCEDASTIC)
                .with(AlternativeHypothesis.TWO_SIDED)
                .test(BEFORE, AFTER)
                .getPValue();
        Effect effect = Effect.of(BEFORE, AFTER);

        assertThat(effect.p()).isCloseTo(expected, within(1e-12));
        assertThat(effect.difference()).isCloseTo(5.9333333333 - 5.16, within(1e-9));
        assertThat(effect.half(expected)).isCloseTo(Math.abs(effect.difference()), within(1e-9));
    }

    @Test
    @DisplayName("One value is compared with several by how much those vary")
    void single() {
        Effect effect = Effect.of(BEFORE, new double[] {6});

        // Standard deviation 0.27019, and that of the mean of five and a sixth value.
        assertThat(effect.error()).isCloseTo(0.27019 * Math.sqrt(1.2), within(1e-4));
        assertThat(effect.freedom()).isEqualTo(4);
    }

    @Test
    void tooFewAreRefused() {
        assertThatThrownBy(() -> Effect.of(new double[] {1, 2}, new double[] {1}))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Effect.of(new double[] {2, 2}, new double[] {1, 1}))
                .hasMessage("all values of a side are equal");
        assertThat(Effect.isEnough(1, 2)).isFalse();
        assertThat(Effect.isEnough(3, 1)).isTrue();
        assertThat(Effect.isEnough(1, 1)).isFalse();
        assertThat(Effect.isEnough(2, 2)).isTrue();
        assertThat(Effect.isEnough(0, 9)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"3, 3, 0.05", "5, 5, 0.001", "10, 1, 0.002", "20, 4, 0.01"})
    @DisplayName("A difference of the smallest size is found in four of five comparisons, and none as often as said")
    void power(int before, int after, double wrong) {
        Random random = new Random(7);
        // What such samples vary by is planted, not estimated.
        double error = Math.sqrt(1.0 / before + 1.0 / after);
        double freedom = before + after - 2;
        double smallest = new Effect(0, error, freedom).smallest(wrong);
        int runs = 20_000;
        int found = 0;
        int alarms = 0;
        for (int run = 0; run < runs; run++) {
            double[] old = gaussian(random, before, 0);
            alarms += Effect.of(old, gaussian(random, after, 0)).p() <= wrong ? 1 : 0;
            found += Effect.of(old, gaussian(random, after, smallest)).p() <= wrong ? 1 : 0;
        }
        assertThat((double) alarms / runs).isCloseTo(wrong, within(0.2 * wrong + 0.0005));
        assertThat((double) found / runs).isBetween(0.78, 0.82);
    }

    @Test
    @DisplayName("Blocks of a series whose neighbours are alike do not call two halves of one thing different")
    void correlated() {
        Random random = new Random(11);
        int runs = 4_000;
        int blockwise = 0;
        int naive = 0;
        for (int run = 0; run < runs; run++) {
            double[] before = alike(random, 60);
            double[] after = alike(random, 60);
            naive += Effect.of(before, after).p() <= 0.05 ? 1 : 0;
            blockwise += Effect.of(Blocks.means(before), Blocks.means(after)).p() <= 0.05 ? 1 : 0;
        }
        assertThat((double) blockwise / runs).isLessThan(0.09);
        assertThat((double) naive / runs).as("without blocks").isGreaterThan(0.2);
    }

    @Test
    void blocksAreMeans() {
        double[] series = new double[63];
        Arrays.setAll(series, i -> i);

        assertThat(Blocks.means(series)).hasSize(10).startsWith(2.5, 8.5).endsWith(56.5);
        assertThatThrownBy(() -> Blocks.means(new double[29])).hasMessage("29 of 30");
    }

    @Test
    @DisplayName("Holm's levels rise while something is found, and stay where nothing is")
    void holm() {
        assertThat(Holm.levels(new double[] {0.04, 0.001, 0.03, 0.012}, 0.05))
                .containsExactly(0.05 / 2, 0.05 / 4, 0.05 / 2, 0.05 / 3);
        assertThat(Holm.levels(new double[] {0.02, 0.001}, 0.05)).containsExactly(0.05, 0.025);
        assertThat(Holm.levels(new double[0], 0.05)).isEmpty();
    }

    private static double[] gaussian(Random random, int count, double mean) {
        double[] values = new double[count];
        Arrays.setAll(values, i -> mean + random.nextGaussian());
        return values;
    }

    /** Each value is half of the one before. */
    private static double[] alike(Random random, int count) {
        double[] values = new double[count];
        double last = random.nextGaussian() / Math.sqrt(0.75);
        for (int i = 0; i < count; i++) {
            last = last / 2 + random.nextGaussian();
            values[i] = last;
        }
        return values;
    }
}
