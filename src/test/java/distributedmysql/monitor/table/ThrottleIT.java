package distributedmysql.monitor.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import distributedmysql.check.TableChecksumCheck;
import distributedmysql.check.Verdict;
import distributedmysql.config.Show;
import distributedmysql.config.Throttle;
import distributedmysql.history.TableChecksum;
import distributedmysql.monitor.LagAndThreads;
import distributedmysql.mysql.Node;
import distributedmysql.topology.ReplicaSet;
import distributedmysql.topology.Replication;
import distributedmysql.topology.TestServers;
import distributedmysql.topology.TestSql;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A comparison waits while servers are busy or lag, says so, and goes on. */
class ThrottleIT {
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration BETWEEN_LINES = Duration.ofSeconds(1);
    private static final int ROWS = 20_000;

    private static ReplicaSet replicaSet;
    private static Node primary;
    private static Node replica;

    private final List<String> lines = new CopyOnWriteArrayList<>();

    @BeforeAll
    static void start() throws SQLException {
        replicaSet = TestServers.shared();
        primary = replicaSet.primary();
        replica = replicaSet.replicas().get(0);
        TestSql.execute(
                primary,
                "CREATE DATABASE throttled",
                "CREATE TABLE throttled.t (id INT PRIMARY KEY, v INT)",
                "SET SESSION cte_max_recursion_depth = " + ROWS,
                "INSERT INTO throttled.t WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < "
                        + ROWS + ") SELECT i, i FROM n",
                "ANALYZE TABLE throttled.t");
        Replication.awaitConvergence(replicaSet, MINUTE);
    }

    @AfterAll
    static void end() throws SQLException {
        TestSql.execute(primary, "DROP DATABASE throttled");
    }

    /** Sessions on the primary that run a statement for as long as they are open. */
    private record Sleepers(List<Connection> connections, List<CompletableFuture<Void>> statements)
            implements AutoCloseable {
        static Sleepers of(int number) throws SQLException {
            Sleepers sleepers = new Sleepers(new ArrayList<>(), new ArrayList<>());
            for (int i = 0; i < number; i++) {
                Connection connection = primary.connect();
                sleepers.connections.add(connection);
                sleepers.statements.add(CompletableFuture.runAsync(
                        () -> {
                            try (Statement statement = connection.createStatement()) {
                                statement.execute("SELECT SLEEP(120)");
                            } catch (SQLException e) {
                                // Ended with its connection.
                            }
                        },
                        task -> new Thread(task, "sleeper").start()));
            }
            return sleepers;
        }

        @Override
        public void close() throws SQLException {
            // The server notices a connection that is gone only when the statement ends.
            for (Connection each : connections) {
                long id = each.unwrap(com.mysql.cj.jdbc.JdbcConnection.class)
                        .getSession()
                        .getThreadId();
                TestSql.execute(primary, "KILL " + id);
            }
            statements.forEach(CompletableFuture::join);
        }
    }

    @Test
    @DisplayName("waits for threads and then for lag, longer than the deadline for the table, goes on, and is VALID")
    void waitsAndGoesOn() throws Exception {
        Duration deadline = Duration.ofSeconds(4);
        CompletableFuture<TableChecksum> comparison;
        try (LagAndThreads servers = new LagAndThreads(replicaSet)) {
            servers.start();
            try (Sleepers sleepers = Sleepers.of(12)) {
                await().atMost(MINUTE)
                        .until(() -> servers.threadsRunning(primary).orElse(0)
                                > sleepers.connections().size());
                comparison =
                        compare(deadline, new Throttle(Optional.of(Duration.ofSeconds(1)), OptionalInt.of(8), MINUTE));
                await().atMost(MINUTE)
                        .until(() -> said("comparing waits, because \\d+ threads run on node1, and .* 8"));
                TestSql.execute(replica, "STOP REPLICA SQL_THREAD");
                TestSql.execute(primary, "INSERT INTO throttled.t VALUES (0, 0)");
                await().atMost(MINUTE)
                        .until(() -> servers.lag(replica)
                                .filter(lag -> lag.compareTo(Duration.ofSeconds(2)) > 0)
                                .isPresent());
            }
            await().atMost(MINUTE).until(() -> said("comparing waits, because node2 lags by .* and max-lag is 1.0 s"));
            await().atMost(MINUTE).until(() -> said(".*; waited ([6-9]|[1-9]\\d) s so far; lag: node2 [0-9.]+ s"));
            assertThat(comparison).isNotDone();
        } finally {
            TestSql.execute(replica, "START REPLICA SQL_THREAD");
        }

        TableChecksum checksum = comparison.get(1, TimeUnit.MINUTES);
        assertThat(TableChecksumCheck.check(List.of(checksum)).verdict())
                .as(checksum.toString())
                .isEqualTo(Verdict.VALID);
        assertThat(checksum.rows()).isEqualTo(ROWS + 1);
        assertThat(checksum.throttledMillis()).isGreaterThan(deadline.toMillis());
        assertThat(TableChecksumCheck.check(List.of(checksum)).evidence()).contains("because of the throttle");
        assertThat(said("comparing goes on, [0-9]+ s waited for this table")).isTrue();
        assertThat(said("comparing throttled.t: waits, because .*")).isTrue();
    }

    @Test
    void aServerThatStaysBusyForTooLongMakesItUnknown() throws Exception {
        try (Sleepers sleepers = Sleepers.of(12)) {
            TableChecksum checksum = compare(
                            MINUTE, new Throttle(Optional.empty(), OptionalInt.of(8), Duration.ofSeconds(1)))
                    .get(1, TimeUnit.MINUTES);

            assertThat(TableChecksumCheck.check(List.of(checksum)).verdict()).isEqualTo(Verdict.UNKNOWN);
            assertThat(sleepers.statements()).noneMatch(CompletableFuture::isDone);
            assertThat(checksum.incomplete())
                    .get()
                    .asString()
                    .contains("waited 1 s (throttle.max-wait)", "threads run on node1");
        }
    }

    @Test
    @DisplayName("a replica that lags for too long is left out, the table after it does not wait for it again")
    void lagsForTooLong() throws Exception {
        Throttle throttle =
                new Throttle(Optional.of(Duration.ofSeconds(1)), OptionalInt.empty(), Duration.ofSeconds(1));
        AwaitedReplica awaited = new AwaitedReplica(primary, replica);
        TestSql.execute(replica, "STOP REPLICA SQL_THREAD");
        try (Pace pace = Pace.start(replicaSet, throttle, lines::add, BETWEEN_LINES)) {
            TestSql.execute(primary, "UPDATE throttled.t SET v = v + 1 WHERE id = 1");
            TableDeadline deadline = TableDeadline.in(MINUTE);
            pace.begin("throttled.t", deadline);
            Map<AwaitedReplica, String> inVain = await().atMost(MINUTE)
                    .until(() -> pace.pause(primary, List.of(awaited)), found -> !found.isEmpty());

            assertThat(inVain).containsOnlyKeys(awaited);
            assertThat(inVain.get(awaited)).matches("waited \\d+ s .*throttle.max-wait.* node2 lags by .*");
            assertThat(deadline.remainingMillis()).isGreaterThan(MINUTE.toMillis() - 30_000);

            pace.begin("throttled.next", deadline);
            assertThat(pace.pause(primary, List.of(awaited))).isEmpty();
            assertThat(pace.table().waited()).isLessThan(throttle.maxWait());
        } finally {
            TestSql.execute(replica, "START REPLICA SQL_THREAD");
            Replication.awaitConvergence(replicaSet, MINUTE);
        }
    }

    @Test
    @DisplayName("lines say rows, per cent, time left and lag while a table is read")
    void progressIsSeen() throws Exception {
        try (Pace pace = Pace.start(
                replicaSet,
                new Throttle(Optional.of(MINUTE), OptionalInt.empty(), MINUTE),
                lines::add,
                BETWEEN_LINES)) {
            pace.begin("throttled.t", TableDeadline.in(MINUTE));
            pace.table().expect(200);
            pace.table().compared(50);
            await().atMost(MINUTE)
                    .until(() -> said("comparing throttled.t: 50 of about 200 rows \\(25 %\\), about \\d+ s left;"
                            + " lag: node2 [0-9.]+ s"));
        }
    }

    private boolean said(String pattern) {
        return lines.stream().anyMatch(line -> line.matches(pattern));
    }

    private CompletableFuture<TableChecksum> compare(Duration deadline, Throttle throttle) {
        ComparisonSettings settings = new ComparisonSettings(
                Duration.ofMillis(20), Duration.ofSeconds(1), deadline, 9, Show.VALUES, throttle);
        return CompletableFuture.supplyAsync(() -> new TableComparison(settings, lines::add, BETWEEN_LINES)
                .compare(replicaSet, "throttled", "t")
                .get(0));
    }
}
