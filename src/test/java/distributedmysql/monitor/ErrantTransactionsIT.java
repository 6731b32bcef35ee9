package distributedmysql.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import distributedmysql.history.ErrantGtids;
import distributedmysql.mysql.GtidSets;
import distributedmysql.mysql.Node;
import distributedmysql.topology.OwnServers;
import distributedmysql.topology.ReplicaSet;
import distributedmysql.topology.Replication;
import distributedmysql.topology.TestSql;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("What was planted on a replica is found by number, and nothing else ever is")
@OwnServers
class ErrantTransactionsIT {
    private static final Duration DEADLINE = Duration.ofSeconds(60);
    private static final String WRITE = "INSERT INTO planted.t VALUES (NULL)";
    /** Into a table that nobody writes to on the primary. */
    private static final String PLANT = "INSERT INTO planted.here VALUES (NULL)";

    private static final String SEMI_SYNC = "INSTALL PLUGIN rpl_semi_sync_%s SONAME 'semisync_%s.so'";

    private static ReplicaSet replicaSet;
    private static Node primary;
    private static Node replica;

    @BeforeAll
    static void start(ReplicaSet servers) throws SQLException {
        replicaSet = servers;
        primary = replicaSet.primary();
        replica = replicaSet.replicas().get(0);
        TestSql.execute(
                primary,
                "CREATE DATABASE planted",
                "CREATE TABLE planted.t (id INT AUTO_INCREMENT PRIMARY KEY)",
                "CREATE TABLE planted.here (id INT AUTO_INCREMENT PRIMARY KEY)");
        Replication.awaitConvergence(replicaSet, DEADLINE);
    }

    /** As docs/failover.md says. */
    @AfterEach
    void remedy() throws SQLException {
        ErrantTransactions errant = new ErrantTransactions(replicaSet, Duration.ZERO);
        errant.lookBefore();
        for (ErrantGtids found : errant.found()) {
            for (String gtid : Gtids.each(found.beforeRun().orElse(""))) {
                TestSql.execute(primary, "SET gtid_next = '" + gtid + "'", "BEGIN", "COMMIT");
            }
        }
        Replication.awaitConvergence(replicaSet, DEADLINE);
    }

    @Test
    void noneAreFoundWhereNobodyWroteToTheReplica() {
        ErrantTransactions errant = new ErrantTransactions(replicaSet);
        errant.lookBefore();
        errant.look();

        assertThat(errant.found()).singleElement().satisfies(found -> {
            assertThat(found.replica()).isEqualTo(replica.name());
            assertThat(found.found()).isFalse();
            assertThat(found.problem()).isEmpty();
        });
        assertThat(errant.outside()).isEmpty();
    }

    @Test
    void thoseFromBeforeAreToldFromThoseThatComeLater() throws Exception {
        long has = own();
        writable(PLANT, PLANT);
        ErrantTransactions errant = new ErrantTransactions(replicaSet);
        errant.lookBefore();
        assertThat(errant.found()).singleElement().satisfies(found -> {
            assertThat(found.beforeRun()).contains(gtids(has + 1, has + 2));
            assertThat(found.duringRun()).isEmpty();
        });

        writable(PLANT);
        errant.look();
        writable(PLANT);
        errant.look();

        assertThat(errant.found()).singleElement().satisfies(found -> {
            assertThat(found.beforeRun()).contains(gtids(has + 1, has + 2));
            assertThat(found.duringRun()).contains(gtids(has + 3, has + 4));
            assertThat(found.problem()).isEmpty();
        });
        // Also when the primary has them by now, as it has after a failover to that replica.
        remedy();
        errant.look();
        assertThat(errant.found().get(0).duringRun()).contains(gtids(has + 3, has + 4));
    }

    @Test
    void aTransactionOfThePrimaryThatThePrimaryHasLostIsFound() throws Exception {
        String lost = primary.serverUuid() + ":999999";
        writable("SET gtid_next = '" + lost + "'", "BEGIN", "COMMIT", "SET gtid_next = AUTOMATIC");
        ErrantTransactions errant = new ErrantTransactions(replicaSet, Duration.ofMillis(500));
        errant.lookBefore();
        assertThat(errant.found().get(0).beforeRun()).contains(lost);
    }

    @Test
    void whatIsUnderWayUnderLoadIsNeverFound() throws Exception {
        AtomicBoolean ended = new AtomicBoolean();
        List<CompletableFuture<Integer>> writers =
                List.of(write(primary, WRITE, ended), write(primary, WRITE, ended), write(primary, WRITE, ended));
        ErrantTransactions errant = new ErrantTransactions(replicaSet);
        errant.lookBefore();
        try {
            for (int look = 0; look < 20; look++) {
                errant.look();
                assertThat(errant.found()).noneMatch(ErrantGtids::found);
            }
        } finally {
            ended.set(true);
        }
        for (CompletableFuture<Integer> writer : writers) {
            assertThat(writer.join()).as("writes of one connection").isPositive();
        }
    }

    @Test
    void aCommitThatWaitsForAnAcknowledgementWhileTheReplicaHasItIsNotFound() throws Exception {
        TestSql.execute(primary, SEMI_SYNC.formatted("source", "source"));
        writable(SEMI_SYNC.formatted("replica", "replica"));
        try {
            TestSql.execute(
                    replica,
                    "SET GLOBAL rpl_semi_sync_replica_enabled = ON",
                    "STOP REPLICA IO_THREAD",
                    "START REPLICA IO_THREAD");
            // One more than there are, so that each commit waits until the time is over.
            TestSql.execute(
                    primary,
                    "SET GLOBAL rpl_semi_sync_source_timeout = 6000",
                    "SET GLOBAL rpl_semi_sync_source_wait_for_replica_count = 2",
                    "SET GLOBAL rpl_semi_sync_source_enabled = ON");
            Replication.awaitRunning(replica, DEADLINE);
            CompletableFuture<Void> commit = CompletableFuture.runAsync(() -> insert(primary));
            Awaitility.await()
                    .atMost(DEADLINE)
                    .untilAsserted(() -> assertThat(ahead()).isNotEmpty());

            ErrantTransactions errant = new ErrantTransactions(replicaSet);
            assertThat(commit).isNotDone();
            errant.lookBefore();

            assertThat(errant.found()).noneMatch(ErrantGtids::found);
            commit.join();
        } finally {
            TestSql.execute(primary, "SET GLOBAL rpl_semi_sync_source_enabled = OFF");
        }
    }

    /** What a look at replica and primary, once each, takes for errant. */
    private static String ahead() {
        String executed = GtidSets.executed(replica);
        String all = GtidSets.subtract(primary, executed, GtidSets.executed(primary));
        return all.contains(primary.serverUuid()) ? all : "";
    }

    private static CompletableFuture<Integer> write(Node node, String insert, AtomicBoolean ended) {
        return CompletableFuture.supplyAsync(
                () -> {
                    int writes = 0;
                    try (Connection connection = node.connect();
                            Statement statement = connection.createStatement()) {
                        for (; !ended.get(); writes++) {
                            statement.execute(insert);
                            // Or a replica on a busy machine needs minutes for what is written in seconds.
                            LockSupport.parkNanos(3_000_000);
                        }
                    } catch (SQLException e) {
                        throw new AssertionError(e);
                    }
                    return writes;
                },
                task -> new Thread(task, "writer").start());
    }

    private static void insert(Node node) {
        try {
            TestSql.execute(node, WRITE);
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    private static void writable(String... statements) throws SQLException {
        TestSql.execute(replica, "SET GLOBAL super_read_only = OFF");
        TestSql.execute(replica, statements);
        TestSql.execute(replica, "SET GLOBAL super_read_only = ON");
    }

    /** How many transactions the replica has numbered itself. */
    private static long own() throws SQLException {
        String all = GtidSets.executed(replica);
        int at = all.indexOf(replica.serverUuid());
        if (at < 0) {
            return 0;
        }
        String intervals = all.substring(at + replica.serverUuid().length() + 1).split(",")[0];
        return Long.parseLong(intervals.substring(intervals.lastIndexOf('-') + 1));
    }

    private static String gtids(long from, long to) {
        return replica.serverUuid() + ":" + from + "-" + to;
    }
}
