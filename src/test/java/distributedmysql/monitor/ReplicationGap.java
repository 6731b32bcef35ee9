package distributedmysql.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import distributedmysql.mysql.BinlogPosition;
import distributedmysql.mysql.GtidSets;
import distributedmysql.mysql.Mysql;
import distributedmysql.mysql.Node;
import distributedmysql.topology.ReplicaSet;
import distributedmysql.topology.Replication;
import distributedmysql.topology.TestSql;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

/** A replica that lacks transactions of its primary for ever, anew for each test. */
abstract class ReplicationGap {
    static final Duration DEADLINE = Duration.ofSeconds(60);

    /** As of a primary before the last failover. */
    static final String FORMER = "aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa";

    static ReplicaSet replicaSet;

    static Node primary;

    static Node replica;

    static String old;

    @BeforeAll
    static void startServers(ReplicaSet servers) throws SQLException {
        replicaSet = servers;
        primary = replicaSet.primary();
        replica = replicaSet.replicas().get(0);
        TestSql.execute(
                primary,
                "CREATE DATABASE theirs",
                "CREATE TABLE theirs.t (id INT PRIMARY KEY, v INT)",
                "INSERT INTO theirs.t VALUES (1, 0), (2, 0)");
        skip(FORMER + ":7");
        Replication.awaitConvergence(replicaSet, DEADLINE);
        old = GtidSets.executed(primary);
        assertThat(old).contains(primary.serverUuid() + ":1-", FORMER + ":7");
    }

    /** As after a dump that was loaded without its GTIDs. */
    @BeforeEach
    void loseTheOldTransactions() throws SQLException {
        TestSql.execute(replica, "STOP REPLICA", "RESET MASTER");
        followFromHere();
        old = GtidSets.executed(primary);
    }

    static void followFromHere() throws SQLException {
        BinlogPosition here = Mysql.ask(primary, "read its position", session -> BinlogPosition.of(primary, session));
        TestSql.execute(
                replica,
                "STOP REPLICA",
                "CHANGE REPLICATION SOURCE TO SOURCE_AUTO_POSITION = 0, SOURCE_LOG_FILE = '" + here.file()
                        + "', SOURCE_LOG_POS = " + here.offset(),
                "START REPLICA");
        Replication.awaitRunning(replica, DEADLINE);
    }

    /** A transaction of nothing. */
    static void skip(String gtid) throws SQLException {
        TestSql.execute(primary, "SET gtid_next = '" + gtid + "'", "COMMIT", "SET gtid_next = AUTOMATIC");
    }

    static void write(int row) throws SQLException {
        TestSql.execute(primary, "UPDATE theirs.t SET v = v + 1 WHERE id = " + row);
    }

    /** Writes one row after the other, until it is closed. */
    static final class Writer implements AutoCloseable {
        final AtomicBoolean goesOn = new AtomicBoolean(true);
        private final Thread thread = new Thread(this::run, "writer");

        Writer() {
            thread.start();
        }

        private void run() {
            try (Connection connection = primary.connect();
                    Statement statement = connection.createStatement()) {
                while (goesOn.get()) {
                    statement.execute("UPDATE theirs.t SET v = v + 1 WHERE id = 1");
                }
            } catch (SQLException e) {
                goesOn.set(false);
            }
        }

        @Override
        public void close() {
            goesOn.set(false);
            Awaitility.await().atMost(DEADLINE).until(() -> !thread.isAlive());
        }
    }
}
