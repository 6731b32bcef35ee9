package distributedmysql.load;

import distributedmysql.topology.ReplicaSet;

/**
 * Where one virtual user writes and reads. It asks the replica set at every use, so it follows role changes; the replica
 * stays the same as long as the set of replicas does. Thread-safe.
 */
public final class Route {
    private final ReplicaSet replicaSet;
    private final ConnectionPools pools;
    private final int turn;

    Route(ReplicaSet replicaSet, ConnectionPools pools, int turn) {
        this.replicaSet = replicaSet;
        this.pools = pools;
        this.turn = turn;
    }

    /** The writer endpoint's pool; where there is none, that of the current primary. */
    public NodePool forWrites() {
        return pools.forWrites(replicaSet);
    }

    /** The reader endpoint's pool; where there is none, that of this user's replica, or of the primary, if there is no replica. */
    public NodePool forReads() {
        return pools.forReads(replicaSet, turn);
    }
}
