package distributedmysql.experiment.sharding;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import distributedmysql.shard.Distribution;
import distributedmysql.shard.Ring;
import java.util.stream.DoubleStream;

/** A ring of very many shards and keys, by the lengths of its arcs: exact, and its memory grows with shards, not with keys. */
@JsonClassDescription("A ring of very many shards and keys, computed exactly by the lengths of its arcs.")
public record LargeRing(
        @JsonPropertyDescription("Its shards.") int shards,
        @JsonPropertyDescription("All keys.") long keys,

        @JsonPropertyDescription("Standard deviation of the shards' keys as a share of their mean.")
        double relativeDeviation,

        @JsonPropertyDescription(
                "What that is on average of all such rings: sqrt((shards - 1) / (points * shards + 1)).")
        double expectedDeviation,

        @JsonPropertyDescription("Keys of the shard that has most.")
        long mostKeys,

        @JsonPropertyDescription("Keys of the shard that has fewest.")
        long fewestKeys,

        @JsonPropertyDescription("Keys that move to a shard that is added.")
        long moved) {
    static final int SHARDS = 1_000;
    static final long KEYS = 1_000_000_000;

    static LargeRing of(int points, long seed) {
        Ring ring = new Ring(SHARDS, points, seed);
        double[] shares = ring.shares();
        return new LargeRing(
                SHARDS,
                KEYS,
                Distribution.relativeDeviation(shares),
                Ring.expectedDeviation(SHARDS, points),
                Math.round(DoubleStream.of(shares).max().orElseThrow() * KEYS),
                Math.round(DoubleStream.of(shares).min().orElseThrow() * KEYS),
                Math.round(ring.movedTo(ring.withOneMore())[SHARDS] * KEYS));
    }
}
