package distributedmysql.fault;

import static distributedmysql.fault.Servers.answers;
import static distributedmysql.fault.Servers.assertPossible;
import static distributedmysql.fault.Servers.awaitAnswer;
import static distributedmysql.fault.Servers.awaitRow;
import static distributedmysql.fault.Servers.has;
import static distributedmysql.fault.Servers.insert;
import static org.assertj.core.api.Assertions.assertThat;

import distributedmysql.history.EventLog;
import distributedmysql.mysql.GtidSets;
import distributedmysql.mysql.Mysql;
import distributedmysql.mysql.Node;
import distributedmysql.topology.OwnServers;
import distributedmysql.topology.ReplicaSet;
import distributedmysql.topology.Replication;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

@OwnServers
class ServerFaultsIT {
    private static final String DATABASE = "server_faults_it";

    private static ReplicaSet replicaSet;
    private static Node primary;
    private static Node replica;
    private static int lastId;

    @BeforeAll
    static void start(ReplicaSet servers) {
        replicaSet = servers;
        primary = replicaSet.primary();
        replica = replicaSet.replicas().get(0);
        Servers.makeTable(replicaSet, DATABASE);
    }

    @Test
    void aKilledPrimaryIsGoneAndComesBackAsThePrimary() {
        Fault fault = new KillAndRestart(replicaSet, primary);
        assertPossible(fault);

        assertThat(fault.inject()).startsWith("SIGKILL to process ");
        assertThat(Servers.unreachable(primary)).isNotEmpty();
        fault.heal();
        fault.heal();

        awaitRow(replica, DATABASE, insertedRow());
    }

    @Test
    void aKilledReplicaComesBackAndReplicates() {
        Fault fault = new KillAndRestart(replicaSet, replica);

        fault.inject();
        assertThat(answers(replica)).isFalse();
        int id = insertedRow();
        fault.heal();

        awaitRow(replica, DATABASE, id);
        assertThat(Mysql.text(replica, "SELECT @@super_read_only")).isEqualTo("1");
    }

    @Test
    void aPausedServerIsSilentUntilItIsResumed() {
        Fault fault = new Pause(primary);

        fault.inject();
        try {
            assertThat(answers(primary)).isFalse();
            assertThat(primary.control().orElseThrow().isAlive()).isTrue();
        } finally {
            fault.heal();
        }
        fault.heal();

        awaitAnswer(primary);
    }

    @Test
    void whileTheIoThreadIsStoppedNothingIsFetched() {
        Fault fault = StopReplicationThread.receiver(replica);
        String received = Replication.status(replica).retrievedGtids();

        fault.inject();
        int id = insertedRow();
        assertThat(Replication.status(replica).ioRunning()).isFalse();
        assertThat(Replication.status(replica).sqlRunning()).isTrue();
        assertThat(has(replica, DATABASE, id)).isFalse();
        assertThat(Replication.status(replica).retrievedGtids()).isEqualTo(received);
        fault.heal();
        fault.heal();

        awaitRow(replica, DATABASE, id);
    }

    @Test
    void whileTheApplierIsStoppedTransactionsAreFetchedAndNotApplied() {
        Fault fault = StopReplicationThread.applier(replica);

        fault.inject();
        int id = insertedRow();
        String executed = GtidSets.executed(primary);
        Servers.await(
                "everything fetched",
                () -> GtidSets.subtract(replica, executed, received()).isEmpty(),
                () -> Replication.status(replica).toString());
        assertThat(has(replica, DATABASE, id)).isFalse();
        fault.heal();
        fault.heal();

        awaitRow(replica, DATABASE, id);
    }

    @Test
    void theNemesisInjectsAndHealsByTheScheduleAndRecordsIt() throws InterruptedException {
        Node unreachable = new Node(
                "elsewhere",
                replica.address(),
                replica.version(),
                replica.serverUuid(),
                replica.admin(),
                replica.load(),
                Optional.empty());
        List<Nemesis.Planned> schedule = List.of(
                planned(100, StopReplicationThread.receiver(replica), 1_500),
                planned(200, new Pause(primary), 300),
                planned(300, new Pause(unreachable), 100));
        try (Nemesis nemesis = new Nemesis(new EventLog(), schedule)) {
            nemesis.start();
            assertThat(nemesis.awaitEnd(Servers.DEADLINE)).isTrue();

            List<FaultRecord> records = nemesis.records();
            assertThat(records).extracting(FaultRecord::name).containsExactly("stop IO thread", "pause", "pause");
            FaultRecord stopped = records.get(0);
            FaultRecord paused = records.get(1);
            assertThat(stopped.error()).isNull();
            assertThat(stopped.healedMicros() - stopped.injectedMicros()).isGreaterThanOrEqualTo(1_500_000);
            assertThat(paused.error()).isNull();
            assertThat(paused.injectedMicros()).isGreaterThanOrEqualTo(stopped.injectedMicros());
            assertThat(paused.healedMicros()).isLessThan(stopped.healedMicros());
            assertThat(records.get(2).injectedMicros()).isNull();
            assertThat(records.get(2).error()).contains("not injected: not possible", "not started by the framework");
        }
        awaitRow(replica, DATABASE, insertedRow());
    }

    @Test
    void whatIsStillThereWhenTheNemesisIsClosedIsHealed() {
        List<Nemesis.Planned> schedule = List.of(
                planned(0, StopReplicationThread.applier(replica), 600_000),
                planned(0, new KillAndRestart(replicaSet, primary), 600_000),
                planned(600_000, new Pause(primary), 0));
        Nemesis nemesis = new Nemesis(new EventLog(), schedule);
        nemesis.start();
        Servers.await(
                "two faults",
                () -> nemesis.records().get(1).injectedMicros() != null,
                () -> nemesis.records().toString());

        nemesis.close();
        nemesis.close();

        List<FaultRecord> records = nemesis.records();
        assertThat(records.subList(0, 2))
                .allSatisfy(record -> assertThat(record.error()).isNull())
                .allSatisfy(record -> assertThat(record.healedMicros()).isNotNull());
        assertThat(records.get(1).healedMicros())
                .as("the last injected is healed first")
                .isLessThan(records.get(0).healedMicros());
        assertThat(records.get(2).error()).isEqualTo("not injected: the run ended before");
        awaitRow(replica, DATABASE, insertedRow());
    }

    private static Nemesis.Planned planned(long atMillis, Fault fault, long millis) {
        return new Nemesis.Planned(Duration.ofMillis(atMillis), fault, Duration.ofMillis(millis));
    }

    private static String received() {
        return Replication.status(replica).retrievedGtids() + "," + GtidSets.executed(replica);
    }

    private static int insertedRow() {
        insert(primary, DATABASE, ++lastId);
        return lastId;
    }
}
