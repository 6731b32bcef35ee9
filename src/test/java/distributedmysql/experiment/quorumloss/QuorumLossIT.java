package distributedmysql.experiment.quorumloss;

import static org.assertj.core.api.Assertions.assertThat;

import distributedmysql.check.CheckResult;
import distributedmysql.check.Verdict;
import distributedmysql.fault.PlainLedgerLoad;
import distributedmysql.fault.Servers;
import distributedmysql.history.EventLog;
import distributedmysql.ledger.LedgerChecks;
import distributedmysql.ledger.LedgerFigures;
import distributedmysql.ledger.LedgerPromise;
import distributedmysql.mysql.GroupView;
import distributedmysql.mysql.Mysql;
import distributedmysql.mysql.Node;
import distributedmysql.topology.GroupReplication;
import distributedmysql.topology.OwnServers;
import distributedmysql.topology.ReplicaSet;
import distributedmysql.topology.Replication;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** Two of three members are killed under load. */
@OwnServers(group = true)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class QuorumLossIT {
    private static final Duration DEADLINE = Duration.ofMinutes(5);
    /** A busy machine answers late; what is asserted is that it answers. */
    private static final Duration WITHIN = Duration.ofMinutes(1);

    private static ReplicaSet group;

    private final EventLog events = new EventLog();

    @BeforeAll
    static void start(ReplicaSet servers) {
        group = servers;
    }

    @Test
    @Order(1)
    @Tag("nightly")
    @DisplayName(
            "The survivor acknowledges nothing, refuses what waits, and nothing acknowledged is lost once the group is made anew")
    void bootstrap() {
        try (PlainLedgerLoad load = new PlainLedgerLoad(group, events.clock(), 60_000)) {
            QuorumLoss loss = play(load, Recovery.BOOTSTRAP);

            CheckResult refused = QuorumLossChecks.answers(load.ledger(), loss, WITHIN);
            assertThat(refused.verdict()).as(refused.evidence()).isEqualTo(Verdict.VALID);
        }
    }

    @Test
    @Order(2)
    @Tag("nightly")
    @DisplayName("A survivor that lets writes wait acknowledges nothing until it is told that it is alone")
    void forced() {
        try (PlainLedgerLoad load = new PlainLedgerLoad(group, events.clock(), 180_000)) {
            QuorumLoss loss = play(load, Recovery.FORCE_MEMBERS);

            assertThat(QuorumLossChecks.firstRefused(load.ledger(), loss)).isEmpty();
        }
    }

    private QuorumLoss play(PlainLedgerLoad load, Recovery recovery) {
        QuorumLossSettings settings = new QuorumLossSettings(
                List.of(recovery),
                1,
                1,
                Duration.ofMillis(1),
                Duration.ofSeconds(1),
                Duration.ofSeconds(3),
                WITHIN,
                Duration.ofSeconds(1),
                DEADLINE);
        Node survivor = group.primary();
        load.start(1, 1);
        load.awaitAcknowledged(50);
        QuorumLossRound round = new QuorumLossRound(group, recovery, settings, events);
        round.run();
        load.awaitAcknowledged(50);
        load.end();

        assertThat(group.primary()).isEqualTo(survivor);
        assertThat(GroupReplication.view(survivor).members()).hasSize(3).allMatch(GroupView.Member::isOnline);
        QuorumLoss loss = round.loss();
        CheckResult acknowledged = QuorumLossChecks.acknowledged(load.ledger(), loss);
        assertThat(acknowledged.verdict()).as(acknowledged.evidence()).isEqualTo(Verdict.VALID);
        load.recordPresent();
        LedgerFigures figures = LedgerFigures.of(load.ledger(), survivor.name(), 0);
        List<String> nodes = group.nodes().stream().map(Node::name).toList();
        assertThat(LedgerChecks.all(figures, LedgerPromise.ALL, nodes, "quorum", ""))
                .as("%s", figures)
                .extracting(CheckResult::verdict)
                .containsOnly(Verdict.VALID);
        return loss;
    }

    @Test
    @Order(3)
    @DisplayName("A survivor that somebody opens for writes by hand is found, and exactly those writes are named")
    void openedByHand() {
        try (PlainLedgerLoad load = new PlainLedgerLoad(group, events.clock(), 60_000)) {
            load.write(3);
            Node survivor = group.primary();
            group.replicas().forEach(node -> node.control().orElseThrow().kill());
            long lost = events.clock().micros();
            Servers.await(
                    survivor + ": to find the others unreachable",
                    () -> !GroupReplication.view(survivor).hasMajority(),
                    () -> GroupReplication.view(survivor).toString());
            long noticed = events.clock().micros();
            Mysql.execute(survivor, "STOP GROUP_REPLICATION");
            Replication.setReadOnly(survivor, false);
            load.write(5);
            long begun = events.clock().micros();

            QuorumLoss loss = new QuorumLoss(Recovery.BOOTSTRAP, survivor.name(), lost, noticed, begun, begun);
            CheckResult result = QuorumLossChecks.acknowledged(load.ledger(), loss);
            assertThat(result.verdict()).isEqualTo(Verdict.INVALID);
            assertThat(result.evidence())
                    .startsWith(survivor.name() + " acknowledged 5 (4-8) without a majority; 5 writes arrived in the ");
        }
    }
}
