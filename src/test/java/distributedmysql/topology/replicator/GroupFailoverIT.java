package distributedmysql.topology.replicator;

import static org.assertj.core.api.Assertions.assertThat;

import distributedmysql.check.CheckResult;
import distributedmysql.check.Verdict;
import distributedmysql.config.ReplicationMode;
import distributedmysql.experiment.failover.FailoverCheck;
import distributedmysql.experiment.failover.FailoverFigures;
import distributedmysql.experiment.failover.MeasuredPromotion;
import distributedmysql.fault.Pause;
import distributedmysql.fault.PlainLedgerLoad;
import distributedmysql.fault.Servers;
import distributedmysql.history.RunClock;
import distributedmysql.mysql.GroupView;
import distributedmysql.mysql.Mysql;
import distributedmysql.mysql.Node;
import distributedmysql.topology.GroupReplication;
import distributedmysql.topology.GroupRoles;
import distributedmysql.topology.OwnServers;
import distributedmysql.topology.ReplicaSet;
import distributedmysql.topology.Replication;
import distributedmysql.topology.replicator.FailoverRecord.Fencing;
import java.time.Duration;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@DisplayName("A group of three elects another primary, and loses nothing that was acknowledged")
@OwnServers(group = true)
class GroupFailoverIT {
    private static final Duration DEADLINE = Servers.DEADLINE;

    private static ReplicaSet group;

    private final RunClock clock = new RunClock();
    private final Replicator replicator = Replicator.of(group, FailoverOptions.defaults(), clock, Optional.empty());

    @BeforeAll
    static void start(ReplicaSet servers) {
        group = servers;
    }

    @Test
    void roles() {
        GroupView view = GroupReplication.view(group.primary());

        assertThat(view.members()).hasSize(3).allMatch(GroupView.Member::isOnline);
        assertThat(view.primary().orElseThrow().uuid())
                .isEqualTo(group.primary().serverUuid());
        assertThat(group.replicas()).hasSize(2);
        for (Node replica : group.replicas()) {
            assertThat(Replication.whyNotFollowing(replica, group.primary())).isEmpty();
            assertThat(Mysql.text(replica, "SELECT @@global.super_read_only")).isEqualTo("1");
        }
    }

    @Test
    void killed() {
        try (PlainLedgerLoad load = new PlainLedgerLoad(group, clock, 2_000);
                FailoverManager failover = replicator.failover()) {
            Node former = group.primary();
            load.start(4, 1);
            load.awaitAcknowledged(50);
            former.control().orElseThrow().kill();

            FailoverRecord record = failover.promote(failover.awaitDeath(DEADLINE, Optional::empty));
            load.awaitAcknowledged(50);
            assertThat(record.fencing()).isEqualTo(Fencing.DEAD);
            assertThat(failover.outside()).containsExactly(former);
            assertThat(failover.bringBack(former, DEADLINE).problem()).isEmpty();
            assertNothingIsLost(load, record);
        }
    }

    @Test
    @Tag("nightly")
    @DisplayName(
            "A primary that is stopped, and goes on after the group has elected another, acknowledges nothing more")
    void paused() {
        try (PlainLedgerLoad load = new PlainLedgerLoad(group, clock, 60_000);
                FailoverManager failover = replicator.failover()) {
            Node former = group.primary();
            load.start(4, 1);
            load.awaitAcknowledged(50);
            Pause pause = new Pause(former);
            pause.inject();

            FailoverRecord record = failover.promote(failover.awaitDeath(DEADLINE, Optional::empty));
            assertThat(record.fencing()).isEqualTo(Fencing.EXPELLED);
            long elected = clock.micros();
            pause.heal();
            load.awaitAcknowledged(50);
            Servers.await(
                    former + ": to be expelled or a member again",
                    () -> group.replicas().contains(former)
                            || GroupReplication.view(former).members().size() < 3,
                    () -> GroupReplication.view(former).toString());
            load.end();
            BitSet there = load.table().ids(group.primary());
            load.ledger().forEachWrite(write -> {
                if (write.server().equals(former.serverUuid()) && write.completeMicros() > elected) {
                    // The group had agreed upon it before, and it could not say so.
                    assertThat(write.invokeMicros()).isLessThan(elected);
                    assertThat(there.get((int) write.id())).isTrue();
                }
            });
            if (!group.replicas().contains(former)) {
                assertThat(failover.bringBack(former, DEADLINE).problem()).isEmpty();
            }
            assertNothingIsLost(load, record);
        }
    }

    @Test
    @DisplayName("A member with a transaction of its own is named, refused, and built anew")
    void diverged() {
        Node replica = group.replicas().get(0);
        Mysql.execute(replica, "STOP GROUP_REPLICATION");
        Replication.setReadOnly(replica, false);
        Mysql.execute(replica, "CREATE DATABASE errant");
        Servers.await(replica + ": to be out", () -> !group.replicas().contains(replica), () -> "" + group.replicas());

        assertThat(lookedAt(replica).problem())
                .isEqualTo("has diverged by " + replica.serverUuid() + ":1, so its group refuses it");
        try (FailoverManager failover = replicator.failover()) {
            ReturnedServer returned = failover.bringBack(replica, DEADLINE);

            assertThat(returned.extraGtids()).isEqualTo(replica.serverUuid() + ":1");
            assertThat(returned.rebuilt()).isNotNull();
            assertThat(returned.problem()).isEmpty();
            assertThat(group.replicas()).contains(replica);
            assertThat(Mysql.texts(replica, "SHOW DATABASES LIKE 'errant'")).isEmpty();
        }
    }

    @Test
    @DisplayName("One of a group of others that does not come back is left as it is, and what it is instead is said")
    void ofOthers() {
        Node replica = group.replicas().get(0);
        Mysql.execute(replica, "STOP GROUP_REPLICATION");
        Servers.await(replica + ": to be out", () -> !group.replicas().contains(replica), () -> "" + group.replicas());
        try {
            ReturnedServer returned = lookedAt(replica);

            assertThat(returned.problem()).startsWith("is no member of its group: it says OFFLINE (");
            assertThat(returned.extraGtids()).isEmpty();
            assertThat(returned.rejoinedMicros()).isNull();
            assertThat(ServersNow.look(observed()).next())
                    .startsWith("let " + replica + " join the group of " + group.primary());
        } finally {
            GroupReplication.join(replica, group.replicationAccount().orElseThrow(), DEADLINE);
        }
    }

    /** As of a group that somebody else has started. */
    private ReturnedServer lookedAt(Node node) {
        ReplicaSet observed = observed();
        GroupRoles roles = GroupRoles.follow(observed);
        try (roles;
                FailoverManager failover = Replicator.of(observed, FailoverOptions.defaults(), clock, Optional.empty())
                        .failover()) {
            assertThat(failover.outside()).containsExactly(node);
            return failover.bringBack(node, Duration.ofSeconds(1));
        }
    }

    private static ReplicaSet observed() {
        List<Node> all = group.nodes().stream()
                .filter(node -> !node.equals(group.primary()))
                .toList();
        ReplicaSet observed = ReplicaSet.observedGroup(group.primary(), all);
        observed.changeRoles(group.primary(), group.replicas());
        return observed;
    }

    private void assertNothingIsLost(PlainLedgerLoad load, FailoverRecord record) {
        load.end();
        load.recordPresent();
        FailoverFigures figures = FailoverCheck.figures(
                load.ledger(), group.primary().name(), 0, List.of(MeasuredPromotion.alone(record.promotion())));
        assertThat(figures.rto().get(0).writeMillis()).isPositive();
        List<CheckResult> results = FailoverCheck.check(figures, ReplicationMode.GROUP, OptionalLong.empty());
        assertThat(results)
                .as(results.toString())
                .extracting(CheckResult::verdict)
                .containsOnly(Verdict.VALID);
        List<String> nodes = group.nodes().stream().map(Node::name).toList();
        assertThat(FailoverCheck.everyNode(figures, ReplicationMode.GROUP, nodes)
                        .verdict())
                .isEqualTo(Verdict.VALID);
    }
}
