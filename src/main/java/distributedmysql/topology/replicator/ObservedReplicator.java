package distributedmysql.topology.replicator;

import distributedmysql.config.ReplicationMode;
import distributedmysql.history.RunClock;
import distributedmysql.topology.ReplicaSet;
import distributedmysql.topology.external.Hook;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Of servers that are the user's: they replicate as they are configured, and nothing of that is changed. */
final class ObservedReplicator implements Replicator {
    private final ReplicaSet replicaSet;
    private final FailoverOptions options;
    private final RunClock clock;
    private final Optional<Hook> promote;

    ObservedReplicator(ReplicaSet replicaSet, FailoverOptions options, RunClock clock, Optional<Hook> promote) {
        this.replicaSet = replicaSet;
        this.options = options;
        this.clock = clock;
        this.promote = promote;
    }

    @Override
    public boolean commands() {
        return false;
    }

    @Override
    public List<ReplicationMode> modes(List<ReplicationMode> wanted) {
        return List.of(SemiSync.configured(replicaSet.primary()));
    }

    @Override
    public void enable(ReplicationMode mode, Duration semiSyncTimeout) {}

    @Override
    public void disable() {}

    @Override
    public FailoverManager failover() {
        return new ObservedFailover(replicaSet, options, clock, promote);
    }

    @Override
    public ServersNow serversNow() {
        return ServersNow.look(replicaSet);
    }
}
