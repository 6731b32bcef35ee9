package distributedmysql.gatling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ArrivalsTest {
    private static final int USERS = 20_000;

    @Test
    void upTo200PerSecondEachUserStandsForOneArrival() {
        assertThat(Arrivals.even(200).users()).isEqualTo(200);
        assertThat(Arrivals.even(200).next()).hasSize(1);
        assertThat(Arrivals.even(0.5).users()).isEqualTo(0.5);
    }

    @Test
    void aboveThatThereAreAsManyArrivalsButNoMoreUsers() {
        Arrivals arrivals = Arrivals.even(500);
        assertThat(arrivals.next()).hasSize(3);
        assertThat(arrivals.users() * 3).isCloseTo(500, within(1e-9));
        assertThat(arrivals.users(300)).isEqualTo(100);
    }

    @Test
    void evenArrivalsHaveOneEachInStretchesOfTheSameLength() {
        long gap = 1_000_000_000 / 800;
        List<Long> offsets = Arrivals.even(800).next();
        assertThat(offsets).hasSize(4);
        for (int i = 0; i < 4; i++) {
            assertThat(offsets.get(i)).isBetween(i * gap, (i + 1) * gap);
        }
    }

    @Test
    void evenArrivalsAreAtRandomTimesWithinTheirStretch() {
        Arrivals arrivals = Arrivals.even(200);
        double mean = IntStream.range(0, USERS)
                .mapToLong(user -> arrivals.next().get(0))
                .average()
                .orElseThrow();
        // The standard error is 10,206 ns.
        assertThat(mean).isCloseTo(2_500_000, within(100_000.0));
    }

    @Test
    void randomArrivalsAreAPoissonProcess() {
        Arrivals arrivals = Arrivals.random(1_000);
        long window = 5_000_000;
        List<Long> all = new ArrayList<>();
        double[] counts = new double[USERS];
        for (int user = 0; user < USERS; user++) {
            List<Long> offsets = arrivals.next();
            counts[user] = offsets.size();
            for (long offset : offsets) {
                assertThat(offset).isBetween(0L, window);
                all.add(user * window + offset);
            }
        }
        assertThat(all).isSorted();
        double mean =
                IntStream.range(0, USERS).mapToDouble(i -> counts[i]).average().orElseThrow();
        double variance = IntStream.range(0, USERS)
                .mapToDouble(i -> (counts[i] - mean) * (counts[i] - mean))
                .average()
                .orElseThrow();
        // Of a Poisson distribution mean and variance are the same; standard errors 0.016 and 0.05.
        assertThat(mean).isCloseTo(5, within(0.15));
        assertThat(variance).isCloseTo(5, within(0.5));
        // Of exponentially distributed intervals, 1/e are longer than the mean; standard error 0.0015.
        long longer = IntStream.range(1, all.size())
                .filter(i -> all.get(i) - all.get(i - 1) > window / 5)
                .count();
        assertThat((double) longer / all.size()).isCloseTo(Math.exp(-1), within(0.015));
    }

    @Test
    void ofAFewRandomArrivalsSomeUsersHaveNone() {
        Arrivals arrivals = Arrivals.random(100);
        assertThat(IntStream.range(0, 100)).anyMatch(user -> arrivals.next().isEmpty());
    }
}
