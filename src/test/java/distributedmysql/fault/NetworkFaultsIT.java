package distributedmysql.fault;

import static distributedmysql.fault.Servers.answers;
import static distributedmysql.fault.Servers.assumePossible;
import static distributedmysql.fault.Servers.awaitAnswer;
import static distributedmysql.fault.Servers.awaitRow;
import static distributedmysql.fault.Servers.has;
import static distributedmysql.fault.Servers.insert;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import distributedmysql.history.RunClock;
import distributedmysql.mysql.Mysql;
import distributedmysql.mysql.Node;
import distributedmysql.topology.OwnServers;
import distributedmysql.topology.ReplicaSet;
import distributedmysql.topology.Replication;
import distributedmysql.topology.replicator.CommandedFailover;
import distributedmysql.topology.replicator.FailoverOptions;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

@OwnServers
class NetworkFaultsIT {
    private static final String DATABASE = "network_faults_it";

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
    void whileReplicationIsCutClientsReachBothAndNothingReplicates() {
        Fault fault = new CutReplication(replica);
        assumePossible(fault);

        assertThat(fault.inject())
                .contains("127.77.", "--dport " + primary.address().port());
        int id;
        try {
            id = insertedRow();
            // The receiver notices when nothing has come for replica_net_timeout.
            Servers.await(
                    "the receiver to have lost its source",
                    () -> !Replication.status(replica).ioRunning(),
                    () -> Replication.status(replica).toString());
            assertThat(answers(primary)).isTrue();
            assertThat(answers(replica)).isTrue();
            assertThat(has(replica, DATABASE, id)).isFalse();
        } finally {
            fault.heal();
        }
        fault.heal();

        awaitRow(replica, DATABASE, id);
    }

    @Test
    void whileClientsAreCutFromThePrimaryItIsSilentAndReplicationGoesOn() throws SQLException {
        Fault fault = new CutClients(replicaSet, primary);
        assumePossible(fault);
        CommandedFailover failover =
                new CommandedFailover(replicaSet, FailoverOptions.defaults(), new RunClock(), Optional.empty());
        int before = insertedRow();
        awaitRow(replica, DATABASE, before);
        // An event on the primary writes a row each second, with no client.
        Mysql.execute(
                primary,
                "CREATE EVENT " + DATABASE + ".writer ON SCHEDULE EVERY 1 SECOND DO INSERT INTO " + DATABASE
                        + ".t SELECT 100000 + COUNT(*) FROM " + DATABASE + ".t");
        try (Mysql session = Mysql.open(primary, Duration.ofMillis(1_500))) {
            session.execute("SELECT 1");
            fault.inject();
            try {
                assertThat(answers(primary)).isFalse();
                assertThatThrownBy(() -> session.execute("SELECT 1")).isInstanceOf(SQLException.class);
                long rows = rows();
                Servers.await("more rows on the replica", () -> rows() >= rows + 2, () -> rows() + " rows");
                assertThatThrownBy(() -> failover.awaitDeath(Duration.ofSeconds(6)))
                        .hasMessageContaining("probes failed in a row")
                        .hasMessageContaining(replica.name() + " is still connected to it");
            } finally {
                fault.heal();
            }
        }
        fault.heal();

        awaitAnswer(primary);
        Mysql.execute(primary, "DROP EVENT " + DATABASE + ".writer");
    }

    @Test
    void clientsCanBeCutFromAReplicaWhichGoesOnReplicating() {
        Fault fault = new CutClients(replicaSet, replica);
        assumePossible(fault);
        int id;

        fault.inject();
        try {
            assertThat(answers(replica)).isFalse();
            assertThat(answers(primary)).isTrue();
            id = insertedRow();
            Servers.await(
                    "the primary to be read by its replica",
                    () -> "1"
                            .equals(
                                    Mysql.text(
                                            primary,
                                            "SELECT COUNT(*) FROM performance_schema.processlist WHERE COMMAND LIKE 'Binlog Dump%'")),
                    () -> "no such connection");
        } finally {
            fault.heal();
        }

        awaitRow(replica, DATABASE, id);
    }

    private static long rows() {
        return Long.parseLong(Mysql.text(replica, "SELECT COUNT(*) FROM " + DATABASE + ".t"));
    }

    private static int insertedRow() {
        insert(primary, DATABASE, ++lastId);
        return lastId;
    }
}
