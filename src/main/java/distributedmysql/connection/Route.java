package distributedmysql.connection;

import distributedmysql.mysql.Node;
import distributedmysql.topology.Cluster;
import java.util.List;

/**
 * Where one virtual user writes and reads. It asks the cluster at every use, so it follows role changes; the replica
 * stays the same as long as the set of replicas does. Thread-safe.
 */
public final class Route {
    private final Cluster cluster;
    private final ConnectionPools pools;
    private final int turn;

    Route(Cluster cluster, ConnectionPools pools, int turn) {
        this.cluster = cluster;
        this.pools = pools;
        this.turn = turn;
    }

    /** The pool of the current primary. */
    public NodePool forWrites() {
        return pools.of(cluster.primary());
    }

    /** The pool of this user's replica; of the primary, if there is no replica. */
    public NodePool forReads() {
        List<Node> replicas = cluster.replicas();
        return replicas.isEmpty() ? forWrites() : pools.of(replicas.get(turn % replicas.size()));
    }
}
