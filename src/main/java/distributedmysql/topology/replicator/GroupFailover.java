package distributedmysql.topology.replicator;

import distributedmysql.history.Promotion;
import distributedmysql.history.RunClock;
import distributedmysql.mysql.GroupView;
import distributedmysql.mysql.Mysql;
import distributedmysql.mysql.Node;
import distributedmysql.mysql.TopologyException;
import distributedmysql.topology.Await;
import distributedmysql.topology.GroupReplication;
import distributedmysql.topology.OwnServer;
import distributedmysql.topology.ReplicaSet;
import distributedmysql.topology.Replication;
import distributedmysql.topology.replicator.FailoverRecord.Detection;
import distributedmysql.topology.replicator.FailoverRecord.Fencing;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A failover that a group carries out: the survivors suspect the primary, expel it, and elect another one
 * (https://dev.mysql.com/doc/refman/8.0/en/group-replication-responses-failure.html). This one looks at it, and lets the
 * killed server join again, or, where it was not started by the framework, waits until somebody has.
 */
final class GroupFailover implements FailoverManager {
    private final ReplicaSet group;
    private final FailoverOptions options;
    private final RunClock clock;
    private final Node former;
    /** When the primary was last seen as a member in good order: what it acknowledges later, it must not. */
    private long lastOnline;

    GroupFailover(ReplicaSet group, FailoverOptions options, RunClock clock) {
        this.group = group;
        this.options = options;
        this.clock = clock;
        this.former = group.primary();
        this.lastOnline = clock.micros();
    }

    /** Returns when the survivors have expelled the primary; the first failure is when one of them suspected it. */
    @Override
    public Detection awaitDeath(Duration deadline, Supplier<Optional<Long>> kill) {
        Suspicion suspicion = new Suspicion();
        Await.of(former + ": its expulsion from the group", deadline)
                .every(options.probeInterval())
                .whileRunGoesOn()
                .untilNo(() -> {
                    // It throws if the kill has failed.
                    Optional<Long> unused = kill.get();
                    return suspicion.look();
                });
        return new Detection(suspicion.micros, clock.micros(), true, "the group has expelled it");
    }

    private final class Suspicion {
        private Long micros;

        /** What speaks against an expulsion; empty if nothing does. */
        Optional<String> look() {
            long asked = clock.micros();
            for (Node survivor : survivors()) {
                Optional<GroupView> view = view(survivor).filter(GroupView::hasMajority);
                if (view.isEmpty()) {
                    continue;
                }
                Optional<GroupView.Member> member = view.get().member(former.serverUuid());
                if (view.get().isOnline(former.serverUuid())) {
                    lastOnline = asked;
                }
                boolean suspected = member.isEmpty() || member.get().isUnreachable();
                if (suspected && micros == null) {
                    micros = clock.micros();
                }
                return member.map(present -> "for " + survivor + " it is " + present.state());
            }
            return Optional.of("no survivor with a majority answers");
        }
    }

    private List<Node> survivors() {
        return group.nodes().stream().filter(node -> !node.equals(former)).toList();
    }

    private Optional<GroupView> view(Node node) {
        try (Mysql session = Mysql.open(node, options.probeTimeout())) {
            return Optional.of(GroupView.read(session));
        } catch (SQLException e) {
            return Optional.empty();
        }
    }

    @Override
    public FailoverRecord promote(Detection detection) {
        long began = clock.micros();
        Await.until(
                "the group to elect a primary that takes writes",
                options.followDeadline(),
                () -> !group.primary().equals(former) && takesWrites(group.primary()),
                () -> "the primary is " + group.primary());
        long promoted = clock.micros();
        Node primary = group.primary();
        boolean dead = !OwnServer.killable(former).isAlive();
        return new FailoverRecord(
                former.name(),
                primary.name(),
                detection,
                dead ? Fencing.DEAD : Fencing.EXPELLED,
                began,
                began,
                promoted,
                promoted,
                promoted,
                promoted,
                promoted,
                Map.of(),
                Map.of(),
                Map.of(),
                Map.of(),
                // Once it goes on, it may still answer for what the group had agreed upon before: that must be there.
                new Promotion(former.serverUuid(), primary.serverUuid(), lastOnline, dead));
    }

    private static boolean takesWrites(Node node) {
        try {
            return Replication.takesWrites(node);
        } catch (TopologyException e) {
            return false;
        }
    }

    /** Servers that are no members. Of a group of others, the killed one may have joined again by itself meanwhile. */
    @Override
    public List<Node> outside() {
        return group.nodes().stream()
                .filter(node -> !node.equals(group.primary()))
                .filter(node -> !group.replicas().contains(node) || !isOurs() && node.equals(former))
                .toList();
    }

    private boolean isOurs() {
        return group.replicationAccount().isPresent();
    }

    /** It joins the group and fetches what it lacks; one that has more than the group is refused by it, and rebuilt. */
    @Override
    public ReturnedServer bringBack(Node node, Duration deadline) {
        if (!isOurs()) {
            return new MemberReturn(group, node, clock).await(deadline);
        }
        OwnServer.startIfEnded(node, OwnServer.START_DEADLINE);
        String extra = CommandedFailover.extra(node, group.primary(), deadline);
        long checked = clock.micros();
        if (extra.isEmpty()) {
            return new ReturnedServer(node, join(node, checked, deadline), null, "");
        }
        Rebuild.fromPrimary(node, group.primary(), deadline);
        RejoinResult diverged = new RejoinResult(node.name(), checked, null, extra);
        return new ReturnedServer(node, diverged, join(node, clock.micros(), deadline), "");
    }

    private RejoinResult join(Node node, long checked, Duration deadline) {
        GroupReplication.join(node, group.replicationAccount().orElseThrow(), deadline);
        Await.until(
                node + ": to be known as a member",
                deadline,
                () -> group.replicas().contains(node),
                () -> group.replicas().toString());
        return new RejoinResult(node.name(), checked, clock.micros(), "");
    }
}
