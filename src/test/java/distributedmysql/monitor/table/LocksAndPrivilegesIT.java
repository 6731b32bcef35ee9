package distributedmysql.monitor.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import distributedmysql.check.TableChecksumCheck;
import distributedmysql.check.Verdict;
import distributedmysql.config.Show;
import distributedmysql.history.KeyDifference.Kind;
import distributedmysql.history.TableChecksum;
import distributedmysql.mysql.Node;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a comparison locks, waits for, leaves behind, and may do. */
class LocksAndPrivilegesIT {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private ComparedTables tables;

    @BeforeEach
    void createTable() throws Exception {
        tables = new ComparedTables("table_locks_it");
        tables.onPrimary(
                "CREATE TABLE t (id INT PRIMARY KEY, v INT)",
                "INSERT INTO t VALUES (10, 0), (20, 0), (30, 0), (40, 0), (50, 0)");
    }

    @AfterEach
    void dropTable() throws Exception {
        tables.close();
    }

    @Test
    void onlyTheSuspectedRowAndGapAreLockedAndNoLongerThanUntilClosed() throws Exception {
        try (Session primary = Session.open(tables.primary, TableDeadline.in(MINUTE));
                Session replica = Session.open(tables.replica, TableDeadline.in(MINUTE))) {
            TableDefinition definition =
                    TableDefinition.read(primary, tables.database, "t").orElseThrow();
            TableSql sql = new TableSql(
                    tables.database, "t", definition, definition.key().orElseThrow(), Show.VALUES);
            List<Key> suspects = List.of(new Key(List.of("20")), new Key(List.of("35")));
            try (LockedRows locked =
                    LockedRows.lock(new TablePair(primary, replica, sql), suspects, TableDeadline.in(MINUTE))) {
                assertThat(locked.rows().get(0).key()).isEqualTo(suspects.get(0));
                assertThat(locked.rows().get(1)).isNull();
                assertThat(rowLocks()).containsExactlyInAnyOrder("S,REC_NOT_GAP 20", "S,GAP 40");

                write("UPDATE t SET v = v + 1 WHERE id IN (10, 30, 40, 50)");
                write("INSERT INTO t VALUES (25, 0), (60, 0)");
                assertThatThrownBy(() -> write("UPDATE t SET v = 1 WHERE id = 20"))
                        .isInstanceOfSatisfying(
                                SQLException.class,
                                e -> assertThat(e.getErrorCode()).isEqualTo(1205));
                assertThatThrownBy(() -> write("INSERT INTO t VALUES (35, 0)"))
                        .isInstanceOfSatisfying(
                                SQLException.class,
                                e -> assertThat(e.getErrorCode()).isEqualTo(1205));
            }
            assertThat(rowLocks()).isEmpty();
            write("UPDATE t SET v = 1 WHERE id = 20");
        }
    }

    @Test
    void rowsThatAWriterHoldsAreNotWaitedForTogether() throws Exception {
        try (Connection writer = tables.connectToPrimary();
                Statement statement = writer.createStatement();
                Session primary = Session.open(tables.primary, TableDeadline.in(MINUTE));
                Session replica = Session.open(tables.replica, TableDeadline.in(MINUTE))) {
            writer.setAutoCommit(false);
            statement.execute("UPDATE t SET v = 2 WHERE id = 30");
            TableDefinition definition =
                    TableDefinition.read(primary, tables.database, "t").orElseThrow();
            TableSql sql = new TableSql(
                    tables.database, "t", definition, definition.key().orElseThrow(), Show.VALUES);
            List<Key> suspects = List.of(new Key(List.of("20")), new Key(List.of("30")));

            assertThatThrownBy(() ->
                            LockedRows.lock(new TablePair(primary, replica, sql), suspects, TableDeadline.in(MINUTE)))
                    .isInstanceOfSatisfying(
                            SQLException.class,
                            e -> assertThat(e.getErrorCode()).isEqualTo(3572));
            writer.rollback();
            assertThat(rowLocks()).isEmpty();
        }
    }

    @Test
    void aReplicaThatStandsStillIsWaitedForWithoutALock() throws Exception {
        tables.onReplicaOnly("STOP REPLICA SQL_THREAD");
        CompletableFuture<TableChecksum> comparison;
        try {
            write("UPDATE t SET v = 7");
            comparison = CompletableFuture.supplyAsync(() -> tables.compare("t"));
            awaitWaitingForPosition();
            assertThat(rowLocks()).isEmpty();
            write("UPDATE t SET v = 8");
            assertThat(comparison).isNotDone();
        } finally {
            tables.onReplicaOnly("START REPLICA SQL_THREAD");
        }
        TableChecksum checksum = comparison.get(2, TimeUnit.MINUTES);
        assertThat(checksum.incomplete()).isEmpty();
        assertThat(checksum.differs()).isFalse();
    }

    @Test
    void aReplicaThatDoesNotGetThereByTheDeadlineIsUnknown() throws Exception {
        tables.onReplicaOnly("STOP REPLICA SQL_THREAD");
        TableChecksum checksum;
        try {
            write("UPDATE t SET v = 7");
            checksum = tables.compare(
                    "t",
                    new ComparisonSettings(Duration.ofMillis(200), Duration.ofMillis(200), Duration.ofSeconds(4), 9));
        } finally {
            tables.onReplicaOnly("START REPLICA SQL_THREAD");
        }
        assertThat(checksum.incomplete())
                .get()
                .asString()
                .contains("waiting for " + tables.replica, "still lacks", tables.primary.serverUuid());
        assertThat(TableChecksumCheck.check(List.of(checksum)).verdict()).isEqualTo(Verdict.UNKNOWN);
    }

    @Test
    void aUserWhoMayOnlySelectFindsADifferenceUnderLoadAndLeavesNothingBehind() throws Exception {
        tables.onPrimary(
                "CREATE TABLE busy (id INT PRIMARY KEY, v INT)",
                "INSERT INTO busy VALUES (1, 0), (2, 0)",
                "CREATE USER table_reader IDENTIFIED BY 'only-reads'",
                "GRANT SELECT ON " + tables.database + ".* TO table_reader");
        try (PrimaryWriters writers = new PrimaryWriters(
                tables, 2, random -> "UPDATE busy SET v = v + 1 WHERE id = " + random.nextInt(1, 3))) {
            tables.onReplicaOnly("UPDATE t SET v = 99 WHERE id = 30");
            TableChecksum checksum = compareAsReader("t");

            assertThat(checksum.incomplete()).isEmpty();
            assertThat(ComparedTables.keys(checksum, Kind.DIFFERING)).containsExactly("30");
            assertThat(writers.written()).isPositive();
            for (Node node : List.of(tables.primary, tables.replica)) {
                awaitNone(node, "SELECT ID FROM information_schema.PROCESSLIST WHERE USER = 'table_reader'");
            }
        } finally {
            tables.onPrimary("DROP USER table_reader");
        }
    }

    @Test
    void aTableWithoutAKeyThatIsWrittenToCanBeSettledOnlyWithLockTablesAndThenInAReadOnlySessionToo() throws Exception {
        tables.onPrimary(
                "CREATE TABLE keyless (v INT)",
                "INSERT INTO keyless VALUES (1), (2)",
                "CREATE USER table_reader IDENTIFIED BY 'only-reads'",
                "GRANT SELECT ON " + tables.database + ".* TO table_reader");
        try (PrimaryWriters writers = new PrimaryWriters(tables, 1, random -> "UPDATE t SET v = v + 1 WHERE id = 10")) {
            // Before the first write the primary stands still, and nothing needs to be locked.
            await().until(() -> writers.written() > 0);
            tables.onReplicaOnly("INSERT INTO keyless VALUES (3)");
            // A writer that a busy machine lets wait is a primary that stands still for a moment, too.
            TableChecksum refused = await().until(
                            () -> compareAsReader("keyless"),
                            each -> each.incomplete().isPresent());
            assertThat(refused.incomplete()).get().asString().contains("needs the privilege LOCK TABLES");
            assertThat(TableChecksumCheck.check(List.of(refused)).verdict()).isEqualTo(Verdict.UNKNOWN);

            tables.onPrimary("GRANT LOCK TABLES ON " + tables.database + ".* TO table_reader");
            TableChecksum settled = compareAsReader("keyless");
            assertThat(settled.incomplete()).isEmpty();
            assertThat(settled.extra()).isEqualTo(1);
            assertThat(writers.written()).isPositive();
        } finally {
            tables.onPrimary("DROP USER table_reader");
        }
    }

    private TableChecksum compareAsReader(String table) {
        return new TableComparison(ComparedTables.SETTINGS)
                .compare(reader(tables.primary), List.of(reader(tables.replica)), tables.database, table)
                .get(0);
    }

    private static Node reader(Node node) {
        return ComparedTables.as(node, "table_reader", "only-reads");
    }

    private void write(String sql) throws SQLException {
        try (Connection connection = tables.connectToPrimary();
                Statement statement = connection.createStatement()) {
            statement.execute("SET SESSION innodb_lock_wait_timeout = 1");
            statement.execute(sql);
        }
    }

    private List<String> rowLocks() throws SQLException {
        return strings(
                tables.primary,
                "SELECT CONCAT(LOCK_MODE, ' ', LOCK_DATA) FROM performance_schema.data_locks WHERE LOCK_TYPE = 'RECORD'"
                        + " AND OBJECT_SCHEMA = '" + tables.database + "'");
    }

    private void awaitWaitingForPosition() {
        String waiting =
                "SELECT ID FROM information_schema.PROCESSLIST WHERE INFO LIKE 'SELECT WAIT_FOR_EXECUTED_GTID_SET%'";
        await("a comparison that waits for the replica")
                .atMost(MINUTE)
                .until(() -> !strings(tables.replica, waiting).isEmpty());
    }

    private static void awaitNone(Node node, String query) {
        await().atMost(MINUTE)
                .untilAsserted(
                        () -> assertThat(strings(node, query)).as("%s", node).isEmpty());
    }

    private static List<String> strings(Node node, String query) throws SQLException {
        List<String> result = new ArrayList<>();
        try (Connection connection = node.connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            while (rows.next()) {
                result.add(rows.getString(1));
            }
        }
        return result;
    }
}
