package distributedmysql.shard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StrategiesTest {
    @ParameterizedTest
    @ValueSource(ints = {1, 3, 8})
    void oneShardMoreMovesNearlyAllKeysOfAModulo(int shards) {
        Modulo before = new Modulo(shards);
        Movement movement = Movement.of(before, before.withOneMore(), Keys.sequential(200_000));

        assertThat(movement.share()).isCloseTo(shards / (shards + 1.0), within(0.005));
        assertThat(movement.elsewhere()).isEqualTo(shards == 1 ? 0 : movement.elsewhere());
        assertThat(movement.elsewhere() / 2e5).isCloseTo((shards - 1.0) / (shards + 1), within(0.005));
    }

    @Test
    void aModuloSpreadsAnyKeysEvenly() {
        for (long[] keys : new long[][] {
            Keys.sequential(50_000), Keys.random(30_000, 100_000, 999_999, 1), Keys.clustered(101, 20, 1_000_000, 100)
        }) {
            Distribution distribution = Distribution.of(new Modulo(4), keys);
            assertThat(distribution.all()).isEqualTo(keys.length);
            assertThat(distribution.pValue()).isGreaterThan(0.001);
        }
    }

    @Test
    void rangesOfKeysThatGrowHaveAllNewOnesOnTheLast() {
        long[] keys = Keys.sequential(50_000);
        Ranges ranges = Ranges.evenly(4, keys);

        assertThat(Distribution.of(ranges, keys).keys()).containsExactly(12_500L, 12_500L, 12_500L, 12_500L);
        assertThat(IntStream.rangeClosed(50_001, 60_000).map(ranges::shardOf)).containsOnly(3);
        Movement movement = Movement.of(ranges, ranges.withOneMore(50_001L), keys);
        assertThat(movement).isEqualTo(new Movement(0, 0, 50_000));
    }

    @Test
    void aRangeBeginsWithItsBound() {
        Ranges ranges = Ranges.at(-5, 10);

        assertThat(ranges.shards()).isEqualTo(3);
        assertThat(ranges.shardOf(Long.MIN_VALUE)).isZero();
        assertThat(ranges.shardOf(-6)).isZero();
        assertThat(ranges.shardOf(-5)).isEqualTo(1);
        assertThat(ranges.shardOf(9)).isEqualTo(1);
        assertThat(ranges.shardOf(10)).isEqualTo(2);
        assertThat(ranges.shardOf(Long.MAX_VALUE)).isEqualTo(2);
    }

    @Test
    void oneShardMoreTakesHalfOfTheFullestRange() {
        Ranges before = Ranges.at(10, 100);
        long[] keys = {1, 20, 30, 40, 50, 200};
        Ranges after = before.withOneMore(keys);

        assertThat(Distribution.of(after, keys).keys()).containsExactly(1L, 2L, 1L, 2L);
        assertThat(Movement.of(before, after, keys)).isEqualTo(new Movement(2, 0, 6));
        assertThat(after.shardOf(39)).isEqualTo(1);
        assertThat(after.shardOf(40)).isEqualTo(3);
        assertThat(after.shardOf(99)).isEqualTo(3);
        assertThat(after.shardOf(100)).isEqualTo(2);
        assertThat(after.withOneMore(-7L).shardOf(-6)).isEqualTo(4);
    }

    @Test
    void boundsThatDoNotAscendAreRefused() {
        assertThatThrownBy(() -> Ranges.at(1, 5, 5)).hasMessage("bounds must ascend: 5 comes after 5");
        assertThatThrownBy(() -> Ranges.at(1).withOneMore(1L)).hasMessage("a shard begins at 1 already");
        assertThatThrownBy(() -> new Modulo(0)).hasMessage("a modulo of 0 shards");
    }

    /** XXH3 of eight bytes, as any other program computes it: xxhsum -H3 of them. */
    @Test
    void theHashIsThatOfTheSpecification() {
        assertThat(Long.toHexString(KeyHash.of(0))).isEqualTo("c77b3abb6f87acd9");
    }
}
