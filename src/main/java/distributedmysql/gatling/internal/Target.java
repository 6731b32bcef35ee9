package distributedmysql.gatling.internal;

import distributedmysql.topology.Role;

/**
 * Which server a request goes to, or which ones.
 *
 * @param shardKey a value, or Gatling EL, by which its shard is found; null if it does not say
 */
public record Target(Role role, Object shardKey, Reach reach) {
    /** How many shards a request is for. */
    public enum Reach {
        ONE_SHARD,
        /** It fails if one of them does not answer. */
        EVERY_SHARD,
        /** It fails if none of them answers. */
        SHARDS_THAT_ANSWER
    }

    /** Where there is nothing to say of shards. */
    public static Target of(Role role) {
        return new Target(role, null, Reach.ONE_SHARD);
    }

    /** The server with this role in each shard. */
    public static Target everyShard(Role role, boolean allowPartial) {
        return new Target(role, null, allowPartial ? Reach.SHARDS_THAT_ANSWER : Reach.EVERY_SHARD);
    }

    /** The server with this role in the shard of this key. */
    public Target withShardKey(Object key) {
        return new Target(role, key, Reach.ONE_SHARD);
    }
}
