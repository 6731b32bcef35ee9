package distributedmysql.experiment.sharding.resharding;

import distributedmysql.shard.Modulo;
import distributedmysql.shard.Ranges;
import distributedmysql.shard.Ring;
import distributedmysql.shard.ShardStrategy;
import java.util.Locale;

/** By what keys belong to shards, in a round. */
enum Strategy {
    RING,
    MODULO,
    RANGES;

    String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Before a shard is added.
     *
     * @param keys that there are at first, by which ranges are cut
     * @param seed another one gives another ring
     */
    ShardStrategy of(int shards, int points, long seed, long[] keys) {
        return switch (this) {
            case RING -> new Ring(shards, points, seed);
            case MODULO -> new Modulo(shards);
            case RANGES -> Ranges.evenly(shards, keys);
        };
    }

    /** The same with one shard more; of ranges, it takes half of the fullest shard's keys. */
    static ShardStrategy withOneMore(ShardStrategy before, long[] keys) {
        if (before instanceof Ring ring) {
            return ring.withOneMore();
        }
        return before instanceof Modulo modulo ? modulo.withOneMore() : ((Ranges) before).withOneMore(keys);
    }

    /** Whether no key may move but to the new shard. */
    boolean movesToNewShardOnly() {
        return this != MODULO;
    }
}
