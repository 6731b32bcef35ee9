package distributedmysql.fault;

import static org.assertj.core.api.Assertions.assertThat;

import distributedmysql.check.CheckResult;
import distributedmysql.check.Verdict;
import distributedmysql.config.ReplicationMode;
import distributedmysql.experiment.failover.FailoverCheck;
import distributedmysql.experiment.failover.FailoverFigures;
import distributedmysql.experiment.failover.MeasuredPromotion;
import distributedmysql.history.RunClock;
import distributedmysql.mysql.Node;
import distributedmysql.mysql.ServerControl;
import distributedmysql.topology.Deployment;
import distributedmysql.topology.ReplicaSet;
import distributedmysql.topology.Replication;
import distributedmysql.topology.TestSql;
import distributedmysql.topology.docker.TestDocker;
import distributedmysql.topology.replicator.CommandedFailover;
import distributedmysql.topology.replicator.FailoverOptions;
import distributedmysql.topology.replicator.FailoverRecord;
import distributedmysql.topology.replicator.FailoverRecord.Fencing;
import distributedmysql.topology.replicator.RejoinResult;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The faults that containers take, one after the other on one replica set, and a failover as on embedded servers. */
class DockerFaultsIT {
    private static final String DATABASE = "docker_faults_it";

    private static Deployment deployment;
    private static ReplicaSet replicaSet;

    private final RunClock clock = new RunClock();

    @BeforeAll
    static void start() {
        TestDocker.assumeUsable();
        deployment = TestDocker.start(2);
        replicaSet = deployment.replicaSet();
    }

    @AfterAll
    static void end() {
        if (deployment != null) {
            deployment.close();
            deployment.close();
            assertThat(TestDocker.left(ProcessHandle.current().pid())).isEmpty();
        }
    }

    /** In this order: the failover comes last, for it loses a server. */
    @Test
    void faultsBiteAndHealAndAFailoverLosesExactlyWhatNoReplicaReceived() throws Exception {
        Servers.makeTable(replicaSet, DATABASE);
        aPausedReplicaAnswersNothing();
        aCutReplicaIsReachedByClientsAndReceivesNothing();
        aKilledReplicaComesBackReadOnlyOnItsPortWithItsData();
        aKilledPrimaryIsFailedOver();
    }

    private void aPausedReplicaAnswersNothing() {
        Node replica = replicaSet.replicas().get(0);
        Pause pause = new Pause(replica);
        pause.inject();
        assertThat(Servers.answers(replica)).isFalse();
        pause.heal();
        Servers.awaitAnswer(replica);
        Servers.insert(replicaSet.primary(), DATABASE, 1);
        Servers.awaitRow(replica, DATABASE, 1);
    }

    private void aCutReplicaIsReachedByClientsAndReceivesNothing() {
        Node replica = replicaSet.replicas().get(0);
        CutReplication cut = new CutReplication(replica);
        Servers.assertPossible(cut);
        cut.inject();
        Servers.insert(replicaSet.primary(), DATABASE, 2);
        Servers.awaitRow(replicaSet.replicas().get(1), DATABASE, 2);
        assertThat(Servers.has(replica, DATABASE, 2)).isFalse();
        // Its receiver notices after replica_net_timeout, and cannot connect.
        Servers.await(
                replica + ": the receiver has lost its source",
                () -> !Replication.status(replica).ioRunning(),
                () -> Replication.status(replica).toString());
        assertThat(Servers.has(replica, DATABASE, 2)).isFalse();
        cut.heal();
        Servers.awaitRow(replica, DATABASE, 2);
    }

    private void aKilledReplicaComesBackReadOnlyOnItsPortWithItsData() throws Exception {
        Node replica = replicaSet.replicas().get(0);
        KillAndRestart kill = new KillAndRestart(replicaSet, replica);
        kill.inject();
        assertThat(Servers.answers(replica)).isFalse();
        assertThat(replica.control().orElseThrow().isAlive()).isFalse();
        Servers.insert(replicaSet.primary(), DATABASE, 3);
        kill.heal();
        assertThat(TestSql.query(replica, "SELECT @@super_read_only")).isEqualTo("1");
        assertThat(TestSql.query(replica, "SELECT @@server_uuid")).isEqualTo(replica.serverUuid());
        assertThat(Servers.has(replica, DATABASE, 1)).isTrue();
        Servers.awaitRow(replica, DATABASE, 3);
    }

    private void aKilledPrimaryIsFailedOver() {
        try (PlainLedgerLoad load = new PlainLedgerLoad(replicaSet, clock, 10_000)) {
            Node former = replicaSet.primary();
            CommandedFailover failover =
                    new CommandedFailover(replicaSet, FailoverOptions.defaults(), clock, Optional.empty());
            load.write(20);
            Replication.awaitConvergence(replicaSet, Servers.DEADLINE);
            for (Node replica : replicaSet.replicas()) {
                new CutReplication(replica).inject();
            }
            int firstLost = load.nextId();
            load.write(50);

            new KillAndRestart(replicaSet, former).inject();
            // Nobody can replicate now: the source is dead. The survivors must reach each other.
            for (Node replica : replicaSet.replicas()) {
                replica.control()
                        .flatMap(ServerControl::replicationNetwork)
                        .orElseThrow()
                        .reconnect();
            }
            FailoverRecord record = failover.promote(failover.awaitDeath(Servers.DEADLINE));
            load.write(30);
            load.recordPresent();

            assertThat(record.fencing()).isEqualTo(Fencing.DEAD);
            assertThat(record.failed()).isEmpty();
            assertThat(replicaSet.replicas()).hasSize(1);
            FailoverFigures figures = FailoverCheck.figures(
                    load.ledger(),
                    replicaSet.primary().name(),
                    0,
                    List.of(MeasuredPromotion.alone(record.promotion())));
            assertThat(figures.ledger().writes().lost().ranges()).isEqualTo(firstLost + "-" + (firstLost + 49));
            assertThat(FailoverCheck.check(figures, ReplicationMode.ASYNC, OptionalLong.empty()))
                    .extracting(CheckResult::verdict)
                    .containsOnly(Verdict.VALID);
            RejoinResult rejoin = failover.rejoin(former, Servers.DEADLINE);
            assertThat(rejoin.diverged()).isTrue();
        }
    }
}
