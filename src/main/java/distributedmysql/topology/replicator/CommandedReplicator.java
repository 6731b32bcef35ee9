package distributedmysql.topology.replicator;

import distributedmysql.config.ReplicationMode;
import distributedmysql.history.RunClock;
import distributedmysql.mysql.Node;
import distributedmysql.topology.Await;
import distributedmysql.topology.ReplicaSet;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Of servers that the framework has started: asynchronous or semi-synchronous, as it is told. */
final class CommandedReplicator implements Replicator {
    private final ReplicaSet replicaSet;
    private final FailoverOptions options;
    private final RunClock clock;
    private volatile Optional<SemiSync> semiSync = Optional.empty();

    CommandedReplicator(ReplicaSet replicaSet, FailoverOptions options, RunClock clock) {
        this.replicaSet = replicaSet;
        this.options = options;
        this.clock = clock;
    }

    @Override
    public boolean commands() {
        return true;
    }

    @Override
    public List<ReplicationMode> modes(List<ReplicationMode> wanted) {
        return wanted;
    }

    @Override
    public void enable(ReplicationMode mode, Duration semiSyncTimeout) {
        Duration deadline = options.followDeadline();
        semiSync = Optional.empty();
        new CommandedFailover(replicaSet, options, clock, Optional.empty()).restore(deadline);
        if (mode.isSemiSync()) {
            semiSync = Optional.of(SemiSync.enable(replicaSet, mode, semiSyncTimeout, deadline));
        } else if (configured() != mode) {
            SemiSync.disable(replicaSet, deadline);
        }
    }

    private ReplicationMode configured() {
        Node primary = replicaSet.primary();
        return Await.success(
                primary + ": its replication mode", options.followDeadline(), () -> SemiSync.configured(primary));
    }

    @Override
    public void disable() {
        if (semiSync.isPresent()) {
            SemiSync.disable(replicaSet, options.followDeadline());
            semiSync = Optional.empty();
        }
    }

    @Override
    public FailoverManager failover() {
        return new CommandedFailover(replicaSet, options, clock, semiSync);
    }

    @Override
    public ServersNow serversNow() {
        return ServersNow.own(replicaSet);
    }
}
