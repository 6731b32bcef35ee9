package distributedmysql.shard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RingTest {
    private static final int RINGS = 300;

    @ParameterizedTest
    @CsvSource({"2, 0.058", "3, 0.067", "4, 0.071", "8, 0.076", "16, 0.079"})
    void sharesDeviateAsRandomArcsDo(int shards, double expected) {
        assertThat(Math.sqrt((shards - 1) / (Ring.POINTS * shards + 1.0))).isCloseTo(expected, within(0.0005));

        assertThat(deviation(shards, Ring.POINTS)).isCloseTo(expected, within(4 * expected * samplingError(shards)));
    }

    /** A control that must look bad. */
    @Test
    void onePointEachIsFarFromEven() {
        assertThat(deviation(4, 1)).isCloseTo(Math.sqrt(3 / 5.0), within(0.1));
    }

    /** The root of the mean square over many rings. */
    private static double deviation(int shards, int points) {
        return Math.sqrt(IntStream.range(0, RINGS)
                .mapToDouble(seed -> Arrays.stream(new Ring(shards, points, seed).shares())
                        .map(share -> Math.pow(share * shards - 1, 2))
                        .average()
                        .orElseThrow())
                .average()
                .orElseThrow());
    }

    /** Of a deviation that is estimated from so many rings, each with shards - 1 independent shares. */
    private static double samplingError(int shards) {
        return 1 / Math.sqrt(2.0 * RINGS * (shards - 1));
    }

    @ParameterizedTest
    @CsvSource({"1, 0.5, 0.029", "3, 0.25, 0.018", "8, 0.111, 0.009"})
    void oneShardMoreTakesItsShareAndNothingElseMoves(int shards, double expected, double deviation) {
        double[] moved = new double[RINGS];
        for (int seed = 0; seed < RINGS; seed++) {
            Ring ring = new Ring(shards, Ring.POINTS, seed);
            double[] to = ring.movedTo(ring.withOneMore());
            assertThat(DoubleStream.of(to).limit(shards)).containsOnly(0.0);
            moved[seed] = to[shards];
        }

        assertThat(DoubleStream.of(moved).average().orElseThrow()).isCloseTo(expected, within(0.005));
        assertThat(DoubleStream.of(moved).boxed())
                .allSatisfy(share -> assertThat(share).isCloseTo(expected, within(5 * deviation)));
    }

    @Test
    void keysHaveTheSharesOfTheirHashes() {
        Ring ring = new Ring(4, Ring.POINTS, 7);
        Distribution keys = Distribution.of(ring, Keys.sequential(1_000_000));

        for (int shard = 0; shard < 4; shard++) {
            assertThat(keys.keys().get(shard) / 1e6).isCloseTo(ring.shares()[shard], within(0.003));
        }
    }

    /** Each shard's share of 150 keys is 50 on average, with a standard deviation of 6.7. */
    @ParameterizedTest
    @ValueSource(longs = {0, 1L << 32, 2L << 32})
    @DisplayName("Keys that look like the number of a point are shared out like all others")
    void keysAreNotPoints(long from) {
        long[] keys = LongStream.range(from, from + Ring.POINTS).toArray();

        for (int seed = 0; seed < 10; seed++) {
            assertThat(Distribution.of(new Ring(3, Ring.POINTS, seed), keys).keys())
                    .allSatisfy(count -> assertThat(count).isBetween(20L, 80L));
        }
    }

    @Test
    void whatMovesOfKeysIsWhatMovesOfHashes() {
        Ring before = new Ring(3, Ring.POINTS, 11);
        Ring after = before.withOneMore();
        Movement movement = Movement.of(before, after, Keys.sequential(1_000_000));

        assertThat(movement.elsewhere()).isZero();
        assertThat(movement.share()).isCloseTo(before.movedTo(after)[3], within(0.003));
    }

    @Test
    void aThousandShardsAreSharedOutWhole() {
        double[] shares = new Ring(1_000, Ring.POINTS, 1).shares();

        assertThat(DoubleStream.of(shares).sum()).isCloseTo(1, within(1e-9));
        assertThat(DoubleStream.of(shares).max().orElseThrow()).isLessThan(1.5 / 1_000);
    }

    @Test
    void theOnlyPointHasAll() {
        Ring ring = new Ring(1, 1, 0);

        assertThat(ring.shares()).containsExactly(1);
        assertThat(ring.shardOf(42)).isZero();
    }

    @Test
    void noShardsAreRefused() {
        assertThatThrownBy(() -> new Ring(0, 150, 0)).hasMessage("a ring of 0 shards with 150 points each");
        assertThatThrownBy(() -> new Ring(1, 0, 0)).hasMessage("a ring of 1 shard with 0 points each");
    }
}
