package distributedmysql.topology.replicator;

import distributedmysql.config.ReplicationMode;
import distributedmysql.history.RunClock;
import distributedmysql.topology.ReplicaSet;
import java.time.Duration;
import java.util.List;

/**
 * Of a group: it says itself who is the primary. Members of one that the framework has started are let join again; of another one, that
 * is only looked at.
 */
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
        return group.replicationAccount().isPresent();
    }

    @Override
    public List<ReplicationMode> modes(List<ReplicationMode> wanted) {
        return List.of(ReplicationMode.GROUP);
    }

    @Override
    public void enable(ReplicationMode mode, Duration semiSyncTimeout) {
        if (commands()) {
            GroupFailover failover = new GroupFailover(group, options, clock);
            failover.outside().forEach(node -> failover.bringBack(node, options.followDeadline()));
        }
    }

    @Override
    public void disable() {}

    @Override
    public FailoverManager failover() {
        return new GroupFailover(group, options, clock);
    }

    @Override
    public ServersNow serversNow() {
        return commands() ? ServersNow.own(group) : ServersNow.look(group);
    }
}
