package distributedmysql.shard;

/**
 * Which shard each key belongs to from one change to the next. Immutable and thread-safe.
 *
 * @param version 1 for the first, and one more after each change
 */
public record ShardMap(int version, ShardStrategy strategy) {
    public ShardMap {
        if (version < 1) {
            throw new IllegalArgumentException("version " + version + " of a shard map: the first is 1");
        }
    }

    /** From 0 to {@link #shards()} - 1. */
    public int shardOf(long key) {
        return strategy.shardOf(key);
    }

    public int shards() {
        return strategy.shards();
    }

    /** The one that replaces this one. */
    public ShardMap next(ShardStrategy changed) {
        return new ShardMap(version + 1, changed);
    }
}
