package distributedmysql.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import distributedmysql.history.KeyDifference;
import distributedmysql.history.TableChecksum;
import distributedmysql.monitor.table.ComparisonSettings;
import distributedmysql.monitor.table.TableComparison;
import distributedmysql.mysql.BinlogPosition;
import distributedmysql.mysql.GtidSets;
import distributedmysql.mysql.Mysql;
import distributedmysql.mysql.Node;
import distributedmysql.topology.Deployment;
import distributedmysql.topology.ReplicaSet;
import distributedmysql.topology.Replication;
import distributedmysql.topology.TestServers;
import distributedmysql.topology.TestSql;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Known answers of a replica that lacks transactions of its primary for ever, read without a write of our own. */
@Timeout(300)
class ReplicationGapIT {
    private static final Duration DEADLINE = Duration.ofSeconds(60);
    /** Longer than a test may take: who waits for it fails. */
    private static final Duration LONG = Duration.ofMinutes(10);

    private static final Duration SHORT = Duration.ofMillis(200);
    private static final long SECOND = LagRig.SECOND;
    /** As of a primary before the last failover. */
    private static final String FORMER = "aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa";

    private static Deployment deployment;
    private static ReplicaSet replicaSet;
    private static Node primary;
    private static Node replica;
    private static String old;

    @BeforeAll
    static void startServers() throws SQLException {
        deployment = TestServers.start();
        replicaSet = deployment.replicaSet();
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

    @AfterAll
    static void endServers() {
        deployment.close();
    }

    /** As after a dump that was loaded without its GTIDs. */
    @BeforeEach
    void loseTheOldTransactions() throws SQLException {
        TestSql.execute(replica, "STOP REPLICA", "RESET MASTER");
        followFromHere();
        old = GtidSets.executed(primary);
    }

    private static void followFromHere() throws SQLException {
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
    private static void skip(String gtid) throws SQLException {
        TestSql.execute(primary, "SET gtid_next = '" + gtid + "'", "COMMIT", "SET gtid_next = AUTOMATIC");
    }

    private static void write(int row) throws SQLException {
        TestSql.execute(primary, "UPDATE theirs.t SET v = v + 1 WHERE id = " + row);
    }

    @Test
    void anIdlePrimaryHasNoLagAndWhatIsLackedIsNamed() throws Exception {
        try (ReplicationLag lag = LagRig.readOnly(replicaSet)) {
            LagRig.await(lag, () -> LagRig.figures(lag).probe().samples() > 40);
            assertThat(LagRig.figures(lag).probe().max()).isZero();
            assertThat(LagRig.figures(lag).neverGets()).isEqualTo(old);
        }
    }

    @Test
    void theLagUnderLoadIsThatOfWhatIsSent() throws Exception {
        try (ReplicationLag lag = LagRig.readOnly(replicaSet);
                Writer writer = new Writer()) {
            LagRig.await(lag, () -> LagRig.figures(lag).probe().samples() > 80);
            assertThat(writer.goesOn.get()).isTrue();
            assertThat(LagRig.figures(lag).probe().p50()).isLessThan(SECOND / 2);
            assertThat(LagRig.figures(lag).probe().max()).isLessThan(3 * SECOND);
            assertThat(LagRig.figures(lag).neverGets()).isEqualTo(old);
        }
    }

    @Test
    void aStandstillIsALagAndWhatIsSentLaterIsNotCountedAsLacked() throws Exception {
        try (ReplicationLag lag = LagRig.readOnly(replicaSet)) {
            Replication.stopApplier(replica);
            write(1);
            LagRig.await(lag, () -> LagRig.newest(lag) > 3 * SECOND);
            assertThat(LagRig.figures(lag).neverGets()).isEqualTo(old);
            Replication.startApplier(replica);
            LagRig.await(lag, () -> LagRig.newest(lag) < SECOND);
            assertThat(LagRig.figures(lag).neverGets()).isEqualTo(old);
        }
    }

    @Test
    void whatAReplicaIsMadeToSkipMeanwhileIsALagOnlyUntilItIsKnown() throws Exception {
        try (ReplicationLag lag = LagRig.readOnly(replicaSet)) {
            Replication.stopThreads(replica);
            write(1);
            skip(FORMER + ":9");
            String lacked = GtidSets.executed(primary);
            followFromHere();
            LagRig.await(lag, () -> lacked.equals(LagRig.figures(lag).neverGets()));
            LagRig.await(lag, () -> LagRig.newest(lag) == 0);
            write(1);
            Replication.awaitConvergence(replicaSet, DEADLINE);
            LagRig.await(lag, () -> LagRig.newest(lag) == 0);
            assertThat(LagRig.figures(lag).neverGets()).isEqualTo(lacked);
        }
    }

    /** Several appliers that need not keep the order: the first of two transactions waits, the second is executed. */
    @Test
    void aTransactionThatAnotherOneOvertakesIsUnderWay() throws Exception {
        TestSql.execute(
                replica,
                "STOP REPLICA",
                "SET GLOBAL replica_preserve_commit_order = OFF, GLOBAL replica_parallel_workers = 4",
                "SET GLOBAL super_read_only = OFF, GLOBAL read_only = OFF",
                "START REPLICA");
        TestSql.execute(primary, "SET GLOBAL binlog_transaction_dependency_tracking = WRITESET");
        // Without one that it has executed, the coordinator does not know which others may run side by side.
        write(1);
        Replication.awaitConvergence(replicaSet, DEADLINE);
        try (ReplicationLag lag = LagRig.readOnly(replicaSet);
                Connection locking = replica.connect();
                Statement lock = locking.createStatement()) {
            locking.setAutoCommit(false);
            lock.execute("SELECT v FROM theirs.t WHERE id = 1 FOR UPDATE");
            write(1);
            String overtaken = GtidSets.executed(primary);
            write(2);
            String overtaking = GtidSets.subtract(primary, GtidSets.executed(primary), overtaken);
            LagRig.await(
                    lag, () -> GtidSets.executed(replica).contains(overtaking.substring(overtaking.indexOf(':') + 1)));
            LagRig.await(lag, () -> LagRig.newest(lag) > 3 * SECOND);
            assertThat(LagRig.figures(lag).neverGets()).isEqualTo(old);
            locking.rollback();
            LagRig.await(lag, () -> LagRig.newest(lag) == 0);
            assertThat(LagRig.figures(lag).neverGets()).isEqualTo(old);
        } finally {
            TestSql.execute(replica, "SET GLOBAL super_read_only = ON");
        }
    }

    @Test
    void whatIsGivenBackIsNotLackedAnyLonger() throws Exception {
        try (ReplicationLag lag = LagRig.readOnly(replicaSet)) {
            LagRig.await(lag, () -> old.equals(LagRig.figures(lag).neverGets()));
            TestSql.execute(replica, "SET GLOBAL gtid_purged = '+" + old + "'");
            LagRig.await(lag, () -> LagRig.figures(lag).neverGets() == null);
        }
    }

    @Test
    void writesOfOurOwnAreAwaitedAndTheirLagIsMeasured() throws Exception {
        TestSql.execute(primary, "CREATE DATABASE ours");
        long begun = System.nanoTime();
        Replication.awaitConvergence(replicaSet, DEADLINE);
        assertThat(System.nanoTime() - begun).isLessThan(DEADLINE.toNanos());
        try (ReplicationLag lag = new ReplicationLag(
                replicaSet, "ours", System.nanoTime(), LagRig.SAMPLE_INTERVAL, LagRig.BEAT_INTERVAL)) {
            lag.start();
            lag.loadBegins(Duration.ofDays(1));
            LagRig.await(lag, () -> LagRig.figures(lag).probe().samples() > 10);
            assertThat(LagRig.figures(lag).neverGets()).isEqualTo(old);
        } finally {
            TestSql.execute(primary, "DROP DATABASE ours");
        }
    }

    @Test
    void tablesAreComparedWithoutWhatIsLacked() throws Exception {
        TestSql.execute(primary, "CREATE TABLE theirs.keyless (v INT)", "INSERT INTO theirs.keyless VALUES (1), (1)");
        try (Writer writer = new Writer()) {
            assertThat(compare(LONG)).allSatisfy(table -> {
                assertThat(table.incomplete()).isEmpty();
                assertThat(table.differs()).isFalse();
                assertThat(table.rows()).isEqualTo(2);
            });
            assertThat(writer.goesOn.get()).isTrue();
        } finally {
            TestSql.execute(primary, "DROP TABLE theirs.keyless");
        }
    }

    @Test
    void aRowThatAReplicaWasMadeToSkipDiffers() throws Exception {
        Replication.stopThreads(replica);
        write(2);
        followFromHere();
        try {
            assertThat(compare(LONG)).singleElement().satisfies(table -> {
                assertThat(table.incomplete()).isEmpty();
                assertThat(table.firstDifferences())
                        .extracting(KeyDifference::kind, KeyDifference::key)
                        .containsExactly(tuple(KeyDifference.Kind.DIFFERING, "2"));
            });
        } finally {
            TestSql.execute(
                    replica,
                    "SET GLOBAL super_read_only = OFF",
                    "SET sql_log_bin = 0",
                    "UPDATE theirs.t SET v = v + 1 WHERE id = 2",
                    "SET GLOBAL super_read_only = ON");
        }
    }

    @Test
    void aReplicaWhoseApplierHasStoppedWithAnErrorIsNotAwaited() throws Exception {
        TestSql.execute(
                replica,
                "SET GLOBAL super_read_only = OFF",
                "CREATE DATABASE inTheWay",
                "SET GLOBAL super_read_only = ON");
        TestSql.execute(primary, "CREATE DATABASE inTheWay");
        try {
            assertThat(compare(LONG))
                    .singleElement()
                    .satisfies(table -> assertThat(table.incomplete().orElseThrow())
                            .contains("its applier has stopped with an error", "1007"));
        } finally {
            TestSql.execute(
                    replica,
                    "SET GLOBAL super_read_only = OFF",
                    "DROP DATABASE inTheWay",
                    "SET GLOBAL super_read_only = ON");
            Replication.startApplier(replica);
            TestSql.execute(primary, "DROP DATABASE inTheWay");
            Replication.awaitConvergence(replicaSet, DEADLINE);
        }
    }

    @Test
    void aReplicaThatStandsStillIsAwaitedOnce() throws Exception {
        TestSql.execute(primary, "CREATE TABLE theirs.u (id INT PRIMARY KEY)");
        Replication.awaitConvergence(replicaSet, DEADLINE);
        Replication.stopApplier(replica);
        write(1);
        try {
            List<TableChecksum> tables = compare(Duration.ofSeconds(5));
            assertThat(tables).hasSize(2);
            assertThat(tables.get(0).incomplete().orElseThrow())
                    .contains("deadline passed while waiting", "it still lacks");
            assertThat(tables.get(1).incomplete().orElseThrow())
                    .contains("has executed nothing since it was waited for in vain");
        } finally {
            Replication.startApplier(replica);
            TestSql.execute(primary, "DROP TABLE theirs.u");
        }
    }

    private static List<TableChecksum> compare(Duration deadline) {
        return new TableComparison(new ComparisonSettings(SHORT, SHORT.multipliedBy(10), deadline, 10))
                .compareAll(replicaSet, "theirs");
    }

    /** Writes one row after the other, until it is closed. */
    private static final class Writer implements AutoCloseable {
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
