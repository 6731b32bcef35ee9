package distributedmysql.experiment.failover;

import distributedmysql.config.ReplicationMode;
import distributedmysql.mysql.Node;
import distributedmysql.topology.ReplicaSet;
import distributedmysql.topology.Replication;
import distributedmysql.topology.replicator.Replicator;
import java.time.Duration;

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

    void awaitConvergence() {
        Replication.awaitConvergence(replicaSet, settings.deadline());
    }

    /**
     * How long it is tried to read the node in the end. One that does not replicate may be gone for good: it is given as long as
     * a primary before it counts as dead.
     */
    Duration patience(Node node) {
        boolean awaited =
                node.equals(replicaSet.primary()) || replicaSet.replicas().contains(node);
        return awaited ? settings.deadline() : settings.probeInterval().multipliedBy(settings.failuresUntilDead());
    }
}
