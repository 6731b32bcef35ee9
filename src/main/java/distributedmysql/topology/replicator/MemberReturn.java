package distributedmysql.topology.replicator;

import distributedmysql.history.RunClock;
import distributedmysql.mysql.GroupView;
import distributedmysql.mysql.Node;
import distributedmysql.mysql.TopologyException;
import distributedmysql.time.Deadline;
import distributedmysql.topology.Await;
import distributedmysql.topology.GroupReplication;
import distributedmysql.topology.ReplicaSet;
import java.time.Duration;

/** A server that is to come back to a group that is not ours, by itself or by whoever operates it. Changes nothing on it. */
final class MemberReturn {
    private final ReplicaSet group;
    private final Node node;
    private final RunClock clock;
    private Long checked;
    private String extra = "";

    MemberReturn(ReplicaSet group, Node node, RunClock clock) {
        this.group = group;
        this.node = node;
        this.clock = clock;
    }

    /** Returns when it is a member, or says what it is instead when the deadline has passed. */
    ReturnedServer await(Duration deadline) {
        Deadline end = Deadline.after(deadline);
        boolean member = Await.of(node + ": to be a member of its group", end).reached(() -> look(end));
        RejoinResult rejoin = checked == null
                ? null
                : new RejoinResult(node.name(), checked, member ? Long.valueOf(clock.micros()) : null, extra);
        return new ReturnedServer(node, rejoin, null, member ? "" : problem());
    }

    private boolean look(Deadline end) {
        try {
            // A primary that was elected a moment ago may still be applying what the others have.
            if (checked == null || !extra.isEmpty()) {
                extra = CommandedFailover.extra(node, group.primary(), end.left());
                checked = clock.micros();
            }
        } catch (TopologyException e) {
            // It does not answer yet; what it is in the end is asked then.
            return false;
        }
        return group.replicas().contains(node);
    }

    private String problem() {
        if (!extra.isEmpty()) {
            return "has diverged by " + extra + ", so its group refuses it";
        }
        try {
            String state = GroupReplication.view(node)
                    .member(node.serverUuid())
                    .map(GroupView.Member::state)
                    .orElse("OFFLINE");
            return "is no member of its group: it says " + state
                    + " (group_replication_start_on_boot = ON, or external.hooks.start, must let it join again)";
        } catch (TopologyException e) {
            return e.getMessage();
        }
    }
}
