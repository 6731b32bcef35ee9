package distributedmysql.experiment.failover;

import distributedmysql.config.ReplicationMode;
import distributedmysql.fault.CommandedFailover;
import distributedmysql.fault.FailoverOptions;
import distributedmysql.fault.SemiSync;
import distributedmysql.history.RunClock;
import distributedmysql.mysql.Node;
import distributedmysql.topology.Await;
import distributedmysql.topology.ReplicaSet;
import distributedmysql.topology.Replication;
import java.time.Duration;
import java.util.Optional;

/**
 * What the failovers of one mode need of the servers before, between and after the rounds. Used by one thread at a time.
 * Whatever fails because of a connection is tried again until {@code failover.deadline}.
 */
final class FailoverServers {
    private final ReplicaSet replicaSet;
    private final ReplicationMode mode;
    private final FailoverSettings settings;
    private final RunClock clock;
    private volatile Optional<SemiSync> semiSync = Optional.empty();

    FailoverServers(ReplicaSet replicaSet, ReplicationMode mode, FailoverSettings settings, RunClock clock) {
        this.replicaSet = replicaSet;
        this.mode = mode;
        this.settings = settings;
        this.clock = clock;
    }

    boolean areOurs() {
        return replicaSet.replicationAccount().isPresent();
    }

    /** Empty before {@link #prepare}, and in asynchronous mode. */
    Optional<SemiSync> semiSync() {
        return semiSync;
    }

    FailoverOptions options() {
        return new FailoverOptions(
                settings.probeInterval(),
                settings.probeTimeout(),
                settings.failuresUntilDead(),
                true,
                settings.deadline(),
                settings.deadline());
    }

    /**
     * Brings back what an earlier failover has left, where the servers are ours, and switches the replication mode.
     *
     * @throws distributedmysql.mysql.TopologyException if that does not come about
     */
    void prepare() {
        if (!areOurs()) {
            return;
        }
        new CommandedFailover(replicaSet, options(), clock, Optional.empty()).restore(settings.deadline());
        if (mode.isSemiSync()) {
            semiSync = Optional.of(SemiSync.enable(replicaSet, mode, settings.semiSyncTimeout(), settings.deadline()));
        } else if (configured() != mode) {
            SemiSync.disable(replicaSet, settings.deadline());
        }
    }

    private ReplicationMode configured() {
        Node primary = replicaSet.primary();
        return Await.success(
                primary + ": its replication mode", settings.deadline(), () -> SemiSync.configured(primary));
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

    /** Back to asynchronous replication. */
    void end() {
        if (semiSync.isPresent()) {
            SemiSync.disable(replicaSet, settings.deadline());
        }
    }
}
