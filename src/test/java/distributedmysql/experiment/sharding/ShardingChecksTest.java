package distributedmysql.experiment.sharding;

import static org.assertj.core.api.Assertions.assertThat;

import distributedmysql.check.CheckResult;
import distributedmysql.check.Verdict;
import distributedmysql.shard.Ring;
import java.util.Arrays;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShardingChecksTest {
    @ParameterizedTest
    @ValueSource(ints = {2, 3, 4, 8, 16, 100})
    void aRingIsAsEvenAsRandomArcs(int shards) {
        for (int seed = 0; seed < 100; seed++) {
            CheckResult result = ShardingChecks.even(new Ring(shards, Ring.POINTS, seed).shares(), Ring.POINTS);

            assertThat(result.verdict()).as(result.evidence()).isEqualTo(Verdict.VALID);
        }
    }

    /** A control that must look bad. */
    @Test
    @DisplayName("A ring whose points are String.hashCode of their names is not")
    void pointsByHashCode() {
        CheckResult result = ShardingChecks.even(sharesByHashCode(4, Ring.POINTS), Ring.POINTS);

        assertThat(result.verdict()).as(result.evidence()).isEqualTo(Verdict.INVALID);
        assertThat(result.evidence()).contains("(expected 7.1 %, at most 18.6 %); shard");
    }

    /** Of the 2^32 values that it can have. */
    private static double[] sharesByHashCode(int shards, int points) {
        record Point(long at, int shard) {}
        Point[] ring = new Point[shards * points];
        for (int i = 0; i < ring.length; i++) {
            int shard = i / points;
            ring[i] = new Point(Integer.toUnsignedLong(("shard-" + shard + "-" + i % points).hashCode()), shard);
        }
        Arrays.sort(ring, (one, other) -> Long.compare(one.at, other.at));
        double[] shares = new double[shards];
        for (int i = 0; i < ring.length; i++) {
            long before = i == 0 ? ring[ring.length - 1].at - (1L << 32) : ring[i - 1].at;
            shares[ring[i].shard] += (ring[i].at - before) * 0x1p-32;
        }
        return shares;
    }

    @Test
    void theShardWithMostIsNamed() {
        CheckResult result = ShardingChecks.even(new double[] {0.2, 0.2, 0.4, 0.2}, 150);

        assertThat(result.verdict()).isEqualTo(Verdict.INVALID);
        assertThat(result.evidence())
                .isEqualTo("shares deviate by 34.6 % (expected 7.1 %, at most 18.6 %); shard3 has most, 40.00 %");
    }

    @Test
    void oneShardMoreOfTheSameRingMovesNothingForNothing() {
        Ring ring = new Ring(3, Ring.POINTS, 1);
        CheckResult result = ShardingChecks.moved(ring, ring.withOneMore());

        assertThat(result.verdict()).as(result.evidence()).isEqualTo(Verdict.VALID);
    }

    /** Planted: a ring whose points have all changed. */
    @Test
    void keysThatMoveElsewhereAreInvalid() {
        CheckResult result = ShardingChecks.moved(new Ring(3, Ring.POINTS, 1), new Ring(4, Ring.POINTS, 2));

        assertThat(result.verdict()).isEqualTo(Verdict.INVALID);
        assertThat(result.evidence())
                .matches(
                        "of all hashes, 2\\d\\.\\d\\d % move to the new shard, and 4\\d\\.\\d\\d % to another one|of all hashes, 2\\d\\.\\d\\d % move to the new shard, and 5\\d\\.\\d\\d % to another one");
    }
}
