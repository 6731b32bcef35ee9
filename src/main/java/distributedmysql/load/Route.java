package distributedmysql.load;

import distributedmysql.topology.ReplicaSet;
import distributedmysql.topology.Role;
import distributedmysql.topology.Shards;
import java.util.List;

/**
 * Where one virtual user writes and reads. It asks for shard map and roles at every use, so it follows their changes; the replica
 * stays the same as long as the set of replicas does. Thread-safe.
 */
public final class Route {
    private final Shards shards;
    private final ConnectionPools pools;
    private final int turn;

    Route(Shards shards, ConnectionPools pools, int turn) {
        this.shards = shards;
        this.pools = pools;
        this.turn = turn;
    }

    /**
     * Where there is one replica set, and every key belongs to it.
     *
     * @param role {@link Role#PRIMARY}: the writer endpoint's pool; where there is none, that of the current primary. {@link
     *     Role#REPLICA}: the reader endpoint's pool; where there is none, that of this user's replica, or of the primary, if there is
     *     no replica
     * @throws SqlCheckException if there are several
     */
    public NodePool to(Role role) {
        if (shards.areSeveral()) {
            throw new SqlCheckException("there are several shards, and the request does not say which one it"
                    + " is for: it needs .shardKey(…)");
        }
        return to(role, shards.all().get(0));
    }

    /** The same of the shard that the key belongs to. */
    public NodePool to(Role role, long key) {
        return to(role, shards.of(key));
    }

    /** The same of each shard that has keys, in their order. */
    public List<NodePool> toEvery(Role role) {
        return shards.all().subList(0, shards.map().shards()).stream()
                .map(set -> to(role, set))
                .toList();
    }

    private NodePool to(Role role, ReplicaSet set) {
        return role == Role.PRIMARY ? pools.forWrites(set) : pools.forReads(set, turn);
    }
}
