package distributedmysql.shard;

/**
 * What moves when one shard is added.
 *
 * @param moved keys that belong to another shard
 * @param elsewhere those of them that belong to a shard that was there before: moving them is for nothing
 * @param keys all
 */
public record Movement(long moved, long elsewhere, long keys) {
    /** @param after has one shard more than before, the last one */
    public static Movement of(ShardStrategy before, ShardStrategy after, long[] keys) {
        long moved = 0;
        long elsewhere = 0;
        for (long key : keys) {
            int now = after.shardOf(key);
            if (now != before.shardOf(key)) {
                moved++;
                elsewhere += now < before.shards() ? 1 : 0;
            }
        }
        return new Movement(moved, elsewhere, keys.length);
    }

    public double share() {
        return (double) moved / keys;
    }
}
