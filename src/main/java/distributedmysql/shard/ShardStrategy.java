package distributedmysql.shard;

import distributedmysql.config.ShardSettings;

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

    /** From 0 to {@link #shards()} - 1; the same for the same key, always and on every machine. */
    int shardOf(long key);
}
