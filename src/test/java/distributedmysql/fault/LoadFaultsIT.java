package distributedmysql.fault;

import static distributedmysql.fault.Servers.assertPossible;
import static distributedmysql.fault.Servers.assumePossible;
import static distributedmysql.fault.Servers.awaitRow;
import static distributedmysql.fault.Servers.insert;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import distributedmysql.mysql.Mysql;
import distributedmysql.mysql.Node;
import distributedmysql.topology.OwnServers;
import distributedmysql.topology.ReplicaSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

@OwnServers(options = "--max-connections=40")
class LoadFaultsIT {
    private static final String DATABASE = "load_faults_it";
    private static final long FREE = 32L << 20;

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
    void aConnectionStormTakesEveryConnectionAndGivesThemBack() {
        Fault fault = new ConnectionStorm(primary, 1_000);
        assertPossible(fault);

        assertThat(fault.inject()).matches("opened \\d+ connections, until error 1040");
        assertThatThrownBy(() -> Node.connect(primary.address(), primary.load()))
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getErrorCode()).isEqualTo(1040));
        fault.heal();
        fault.heal();

        awaitRow(replica, DATABASE, insertedRow());
        Servers.await(
                "no connection of the load",
                () -> "0".equals(loadConnections()),
                () -> loadConnections() + " connections");
    }

    @Test
    void aSmallConnectionStormHoldsWhatItWasAskedFor() {
        Fault fault = new ConnectionStorm(replica, 5);

        assertThat(fault.inject()).isEqualTo("opened 5 connections, as many as asked for");
        assertThat(Mysql.text(
                        replica,
                        "SELECT COUNT(*) FROM performance_schema.processlist WHERE USER = ?",
                        replica.load().user()))
                .isEqualTo("5");
        fault.heal();
    }

    @Test
    void aLockHolderBlocksWritersUntilItIsHealed() throws SQLException {
        insertedRow();
        Fault fault = new LockHolder(primary, DATABASE + ".t");

        assertThat(fault.inject()).contains("FOR UPDATE in an open transaction: ");
        try (Connection connection = primary.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("SET innodb_lock_wait_timeout = 1");
            assertThatThrownBy(() -> statement.execute("INSERT INTO " + DATABASE + ".t VALUES (1000000)"))
                    .isInstanceOfSatisfying(
                            SQLException.class,
                            e -> assertThat(e.getErrorCode()).isEqualTo(1205));
            fault.heal();
            fault.heal();

            statement.execute("INSERT INTO " + DATABASE + ".t VALUES (1000000)");
        }
    }

    @Test
    void onAFullDiskNoWriteIsAcknowledgedUntilItIsFreed() throws IOException {
        FullDisk fault = new FullDisk(replicaSet, primary, FREE);
        assumePossible(fault);
        fault.prepare();
        awaitRow(replica, DATABASE, insertedRow());

        assertThat(fault.inject()).matches("mount of a tmpfs of \\d+ MiB, filled with a file of \\d{8} bytes");
        try {
            Path data = Path.of(Mysql.text(primary, "SELECT @@datadir"));
            assertThat(Files.getFileStore(data).getUsableSpace()).isZero();
            awaitRefusedWrite();
        } finally {
            fault.heal();
        }
        fault.heal();

        // A server that waits for space looks again only every 60 s: starting it anew is quicker.
        KillAndRestart restart = new KillAndRestart(replicaSet, primary);
        restart.inject();
        restart.heal();
        lastId += 10_000;
        awaitRow(replica, DATABASE, insertedRow());
    }

    /** Rows of some size, until one is refused or not acknowledged in time. */
    private static void awaitRefusedWrite() {
        Servers.await("a write that is not acknowledged", () -> !isAcknowledged(), () -> "every one was acknowledged");
    }

    private static boolean isAcknowledged() {
        try (Mysql session = Mysql.open(primary, Duration.ofSeconds(5))) {
            session.execute("CREATE TABLE IF NOT EXISTS " + DATABASE
                    + ".filler (id INT AUTO_INCREMENT PRIMARY KEY, x LONGTEXT)");
            session.execute("INSERT INTO " + DATABASE + ".filler (x) VALUES (REPEAT('x', 1000000))");
            return true;
        } catch (SQLException e) {
            return false;
        }
    }

    private static String loadConnections() {
        return Mysql.text(
                primary,
                "SELECT COUNT(*) FROM performance_schema.processlist WHERE USER = ?",
                primary.load().user());
    }

    private static int insertedRow() {
        insert(primary, DATABASE, ++lastId);
        return lastId;
    }
}
