package distributedmysql.shard;

import distributedmysql.config.ShardSettings;
import distributedmysql.config.ShardSettings.Strategy;

/** Which of the shards, numbered from 0, each key belongs to. Implementations are immutable and thread-safe. */
public sealed interface ShardStrategy permits Modulo, Ranges, Ring {
    /** How many there are; at least 1. */
    int shards();

    /** As the settings say. */
    static ShardStrategy of(ShardSettings settings) {
        return switch (settings.strategy()) {
            case MODULO -> new Modulo(settings.count());
            case RANGES ->
                Ranges.at(settings.bounds().stream().mapToLong(Long::longValue).toArray());
            case RING -> new Ring(settings.count(), settings.points(), 0);
        };
    }

    /**
     * For keys that are known; ranges are cut so that each shard has as many of them.
     *
     * @param points of each shard on a ring
     * @param seed another one gives another ring
     * @param keys all different
     */
    static ShardStrategy of(Strategy strategy, int shards, int points, long seed, long[] keys) {
        return switch (strategy) {
            case MODULO -> new Modulo(shards);
            case RANGES -> Ranges.evenly(shards, keys);
            case RING -> new Ring(shards, points, seed);
        };
    }

    /**
     * What the keys belong to when a shard is added; of ranges, it takes half of the fullest shard's keys.
     *
     * @param keys that there are
     */
    ShardStrategy withOneMore(long[] keys);

    /** Whether no key moves but to a shard that is added. */
    default boolean movesToNewShardOnly() {
        return true;
    }

    /** From 0 to {@link #shards()} - 1; the same for the same key, always and on every machine. */
    int shardOf(long key);
}
