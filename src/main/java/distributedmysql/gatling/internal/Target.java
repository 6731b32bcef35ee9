package distributedmysql.gatling.internal;

import distributedmysql.topology.Role;

/**
 * Which server a request goes to.
 *
 * @param shardKey a value, or Gatling EL, by which its shard is found; null if it does not say
 */
public record Target(Role role, Object shardKey) {
    /** Where there is nothing to say of shards. */
    public static Target of(Role role) {
        return new Target(role, null);
    }

    /** The server with this role in the shard of this key. */
    public Target withShardKey(Object key) {
        return new Target(role, key);
    }
}
