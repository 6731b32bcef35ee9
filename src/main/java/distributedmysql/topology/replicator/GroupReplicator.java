package distributedmysql.topology.replicator;

import distributedmysql.config.ReplicationMode;
import distributedmysql.history.RunClock;
import distributedmysql.topology.ReplicaSet;
import java.time.Duration;
import java.util.List;

/** Of a group that the framework has started: the group says who is the primary, the framework lets members join again. */
final class GroupReplicator implements Replicator {
    private final ReplicaSet group;
    private final FailoverOptions options;
    private final RunClock clock;

    GroupReplicator(ReplicaSet group, FailoverOptions options, RunClock clock) {
        this.group = group;
        this.options = options;
        this.clock = clock;
    }

    @Override
    public boolean commands() {
        return true;
    }

    @Override
    public List<ReplicationMode> modes(List<ReplicationMode> wanted) {
        return List.of(ReplicationMode.GROUP);
    }

    @Override
    public void enable(ReplicationMode mode, Duration semiSyncTimeout) {
        GroupFailover failover = new GroupFailover(group, options, clock);
        failover.outside().forEach(node -> failover.bringBack(node, options.followDeadline()));
    }

    @Override
    public void disable() {}

    @Override
    public FailoverManager failover() {
        return new GroupFailover(group, options, clock);
    }

    @Override
    public ServersNow serversNow() {
        return ServersNow.own(group);
    }
}
