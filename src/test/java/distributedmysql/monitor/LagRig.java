package distributedmysql.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import distributedmysql.monitor.ReplicaLag.LagPoint;
import distributedmysql.mysql.Node;
import distributedmysql.topology.ReplicaSet;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/** A primary and a replica whose lag is being sampled; closing it leaves the servers as they were. */
final class LagRig implements AutoCloseable {
    static final String DATABASE = "replication_lag_it";
    static final Duration SAMPLE_INTERVAL = Duration.ofMillis(50);
    static final Duration BEAT_INTERVAL = Duration.ofMillis(25);
    static final long SECOND = 1_000_000;

    final ReplicaSet replicaSet;
    final Node replica;
    final ReplicationLag lag;

    interface Condition {
        boolean holds() throws Exception;
    }

    LagRig(ReplicaSet servers) throws SQLException {
        replicaSet = servers;
        replica = servers.replicas().get(0);
        onPrimary("CREATE DATABASE IF NOT EXISTS " + DATABASE);
        lag = new ReplicationLag(replicaSet, DATABASE, System.nanoTime(), SAMPLE_INTERVAL, BEAT_INTERVAL);
        lag.start();
        lag.loadBegins(Duration.ofDays(1));
        try {
            await(
                    "the first value of each way",
                    () -> figures().probe().samples() > 0
                            && figures().server().total().samples() > 0
                            && figures().secondsBehind().samples() > 0);
        } catch (ConditionTimeoutException e) {
            lag.close();
            throw e;
        }
    }

    /** Undoes whatever a test has done to the servers, whether it came to its end or not. */
    @Override
    public void close() throws SQLException {
        lag.close();
        onPrimary("SET GLOBAL super_read_only = OFF, GLOBAL read_only = OFF");
        onReplica("SET GLOBAL read_only = ON, GLOBAL super_read_only = ON");
        onReplica("STOP REPLICA");
        onReplica("CHANGE REPLICATION SOURCE TO SOURCE_DELAY = 0");
        onReplica("START REPLICA");
        onPrimary("DROP DATABASE " + DATABASE);
        await(
                "the database to be gone from " + replica,
                () -> askReplica("SELECT COUNT(*) FROM information_schema.schemata WHERE schema_name = '" + DATABASE
                                + "'")
                        == 0);
    }

    /** Of servers on which nothing may be written; their whole time is that of the load. */
    static ReplicationLag readOnly(ReplicaSet replicaSet) throws SQLException {
        ReplicationLag lag = ReplicationLag.readOnly(replicaSet, System.nanoTime(), SAMPLE_INTERVAL, BEAT_INTERVAL);
        lag.start();
        lag.loadBegins(Duration.ofDays(1));
        return lag;
    }

    /** Of the first replica. */
    static ReplicaLag figures(ReplicationLag lag) {
        return lag.result().replicas().get(0);
    }

    /** The newest reading of its probe; neither small nor large if there is none. */
    static long newest(ReplicationLag lag) {
        List<LagPoint> series = figures(lag).series();
        Long probe = series.isEmpty() ? null : series.get(series.size() - 1).probe();
        return probe == null ? 2 * SECOND : probe;
    }

    static void await(ReplicationLag lag, BooleanSupplier condition) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(condition.getAsBoolean())
                        .as("last state %s", lag.result())
                        .isTrue());
    }

    ReplicaLag figures() {
        return lag.result().replicas().stream()
                .filter(figures -> figures.replica().equals(replica.name()))
                .findFirst()
                .orElseThrow();
    }

    List<LagPoint> points(Predicate<LagPoint> wanted) {
        return figures().series().stream().filter(wanted).toList();
    }

    LagPoint last() {
        List<LagPoint> series = figures().series();
        return series.get(series.size() - 1);
    }

    /** The newest reading of the probe, if its interval has one already, is in this range. */
    boolean probeIsBetween(long least, long most) {
        Long probe = last().probe();
        return probe != null && probe >= least && probe <= most;
    }

    void await(String what, Condition condition) {
        // Often, because some of these states are short.
        Awaitility.await()
                .pollInterval(Duration.ofMillis(20))
                .atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(condition.holds())
                        .as("%s; last state %s", what, lag.result())
                        .isTrue());
    }

    void onPrimary(String sql) throws SQLException {
        execute(replicaSet.primary(), sql);
    }

    void onReplica(String sql) throws SQLException {
        execute(replica, sql);
    }

    private static void execute(Node node, String sql) throws SQLException {
        try (Connection connection = node.connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    long askReplica(String sql) throws SQLException {
        try (Connection connection = replica.connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            assertThat(row.next()).as(sql).isTrue();
            return row.getLong(1);
        }
    }
}
