package distributedmysql.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChangePointsTest {
    private static final int NIGHTS = 30;
    private static final double NOISE = 0.03;
    private static final double LEVEL = 0.01;
    private static final int HISTORIES = 300;

    @ParameterizedTest
    @ValueSource(ints = {8, 15, 22})
    @DisplayName("A step of 10 % in a history of 30 with 3 % noise is found, once, and dated within 2 nights")
    void step(int night) {
        int found = 0;
        int dated = 0;
        for (int seed = 0; seed < HISTORIES; seed++) {
            List<Integer> changes = history(seed, i -> i < night ? 100 : 110);
            found += changes.isEmpty() ? 0 : 1;
            dated += changes.size() == 1 && Math.abs(changes.get(0) - night) <= 2 ? 1 : 0;
        }
        assertThat((double) found / HISTORIES).isGreaterThan(0.99);
        assertThat((double) dated / HISTORIES).isGreaterThan(0.95);
    }

    @Test
    @DisplayName("None is found in a history without, but in one of a hundred")
    void none() {
        long alarms = IntStream.range(0, 4 * HISTORIES)
                .filter(seed -> !history(seed, i -> 100).isEmpty())
                .count();

        assertThat((double) alarms / (4 * HISTORIES)).isLessThan(0.02);
    }

    @Test
    @DisplayName("Up, and down again, are two changes")
    void two() {
        int both = 0;
        for (int seed = 0; seed < HISTORIES; seed++) {
            List<Integer> changes = history(seed, i -> i >= 10 && i < 20 ? 115 : 100);
            both += changes.size() == 2 && Math.abs(changes.get(0) - 10) <= 2 && Math.abs(changes.get(1) - 20) <= 2
                    ? 1
                    : 0;
        }
        assertThat((double) both / HISTORIES).isGreaterThan(0.9);
    }

    @Test
    @DisplayName("A slow decline is found, and single nights that are far off are not")
    void declineAndOutlier() {
        assertThat(history(1, i -> 100 - i)).isNotEmpty();
        assertThat(history(1, i -> i == 12 ? 200 : 100)).isEmpty();
    }

    @Test
    void aShortOrConstantSeriesHasNone() {
        assertThat(ChangePoints.of(new double[] {1, 1, 1, 1, 9, 9, 9, 9, 9}, LEVEL))
                .isEmpty();
        assertThat(ChangePoints.of(new double[NIGHTS], LEVEL)).isEmpty();
        assertThat(ChangePoints.of(new double[0], LEVEL)).isEmpty();
    }

    @Test
    void theSameHistoryIsJudgedAlike() {
        assertThat(history(3, i -> i < 15 ? 100 : 104)).isEqualTo(history(3, i -> i < 15 ? 100 : 104));
    }

    private static List<Integer> history(int seed, IntToDoubleFunction level) {
        Random random = new Random(seed);
        double[] nights = IntStream.range(0, NIGHTS)
                .mapToDouble(i -> Math.log(level.applyAsDouble(i) * (1 + NOISE * random.nextGaussian())))
                .toArray();
        return ChangePoints.of(nights, LEVEL);
    }
}
