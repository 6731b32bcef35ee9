package distributedmysql.load;

import distributedmysql.mysql.Node;
import distributedmysql.topology.ReplicaSet;
import java.util.List;

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

    /** The pool of the current primary. */
    public NodePool forWrites() {
        return pools.of(replicaSet.primary());
    }

    /** The pool of this user's replica; of the primary, if there is no replica. */
    public NodePool forReads() {
        List<Node> replicas = replicaSet.replicas();
        return replicas.isEmpty() ? forWrites() : pools.of(replicas.get(turn % replicas.size()));
    }
}
