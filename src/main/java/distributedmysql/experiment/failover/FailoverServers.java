package distributedmysql.experiment.failover;

import distributedmysql.config.ReplicationMode;
import distributedmysql.fault.LedgerTable;
import distributedmysql.mysql.Node;
import distributedmysql.topology.Await;
import distributedmysql.topology.ReplicaSet;
import distributedmysql.topology.Replication;
import distributedmysql.topology.replicator.Replicator;
import java.util.BitSet;

/**
 * What the failovers of one mode need of the servers before, between and after the rounds. Used by one thread at a time.
 * Whatever fails because of a connection is tried again until {@code failover.deadline}.
 */
final class FailoverServers {
    private final ReplicaSet replicaSet;
    private final ReplicationMode mode;
    private final FailoverSettings settings;
    private final Replicator replicator;

    FailoverServers(ReplicaSet replicaSet, ReplicationMode mode, FailoverSettings settings, Replicator replicator) {
        this.replicaSet = replicaSet;
        this.mode = mode;
        this.settings = settings;
        this.replicator = replicator;
    }

    /**
     * Brings back what an earlier failover has left, where the servers are ours, and switches the replication mode.
     *
     * @throws distributedmysql.mysql.TopologyException if that does not come about
     */
    void prepare() {
        replicator.enable(mode, settings.semiSyncTimeout());
    }

    void create(LedgerTable table) {
        Node primary = replicaSet.primary();
        Await.success(primary + ": " + table.name(), settings.deadline(), () -> table.create(primary));
    }

    void awaitConvergence() {
        Replication.awaitConvergence(replicaSet, settings.deadline());
    }

    /** One that does not replicate may be gone for good: it is given as long as a primary before it counts as dead. */
    BitSet rows(LedgerTable table, Node node) {
        boolean awaited =
                node.equals(replicaSet.primary()) || replicaSet.replicas().contains(node);
        return Await.success(
                node + ": rows of " + table.name(),
                awaited ? settings.deadline() : settings.probeInterval().multipliedBy(settings.failuresUntilDead()),
                () -> table.ids(node));
    }
}
