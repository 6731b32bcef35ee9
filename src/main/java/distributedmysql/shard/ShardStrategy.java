package distributedmysql.shard;

/** Which of the shards, numbered from 0, each key belongs to. Implementations are immutable and thread-safe. */
public sealed interface ShardStrategy permits Modulo, Ranges, Ring {
    /** How many there are; at least 1. */
    int shards();

    /** From 0 to {@link #shards()} - 1; the same for the same key, always and on every machine. */
    int shardOf(long key);
}
