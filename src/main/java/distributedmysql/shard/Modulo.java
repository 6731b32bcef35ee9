package distributedmysql.shard;

import distributedmysql.config.Plural;

/**
 * The key's hash, modulo the number of shards: even, and as simple as can be; but one shard more moves nearly every key.
 *
 * @param shards at least 1
 */
public record Modulo(int shards) implements ShardStrategy {
    public Modulo {
        if (shards < 1) {
            throw new IllegalArgumentException("a modulo of " + Plural.of(shards, "shard"));
        }
    }

    @Override
    public int shardOf(long key) {
        return (int) Long.remainderUnsigned(KeyHash.of(key), shards);
    }

    /** What the keys belong to when a shard is added. */
    public Modulo withOneMore() {
        return new Modulo(shards + 1);
    }

    @Override
    public Modulo withOneMore(long[] keys) {
        return withOneMore();
    }

    @Override
    public boolean movesToNewShardOnly() {
        return false;
    }
}
