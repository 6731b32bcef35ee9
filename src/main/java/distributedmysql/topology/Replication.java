package distributedmysql.topology;

import distributedmysql.time.Deadline;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Replication as seen and steered on single nodes, over a connection of its own for each call, for the names of every
 * MySQL from 8.0 to 9.x. Stateless and thread-safe.
 *
 * <p>Every method throws {@link TopologyException} if the server cannot be reached, refuses, or does not get there
 * within the deadline. Those with a deadline wait until then for a server that cannot be reached.
 */
public final class Replication {
    // Between two looks. Well below the socket timeout of Node#connect, which would otherwise break a long wait off.
    private static final Duration LONGEST_WAIT_IN_SERVER = Duration.ofMillis(500);

    private Replication() {}

    /** Everything that the node has executed, as a GTID set without line breaks. */
    public static String gtidExecuted(Node node) {
        return gtids(call(node, "read gtid_executed", connection -> text(connection, "SELECT @@global.gtid_executed")));
    }

    /**
     * Returns when the node has executed the set
     * (https://dev.mysql.com/doc/refman/8.0/en/gtid-functions.html#function_wait-for-executed-gtid-set).
     */
    public static void awaitGtid(Node node, String gtidSet, Duration deadline) {
        awaitGtid(node, gtidSet, deadline, connection -> false);
    }

    /** @param between whether there is nothing more to wait for; asked every {@link #LONGEST_WAIT_IN_SERVER} */
    private static void awaitGtid(Node node, String gtidSet, Duration deadline, Look between) {
        Deadline end = Deadline.after(deadline);
        String what = node + ": GTIDs " + gtidSet;
        boolean reached = Await.of(what, end)
                .success(() -> call(node, "wait for " + gtidSet, connection -> {
                    while (true) {
                        long left = end.left().toNanos();
                        long wait = Math.min(left, LONGEST_WAIT_IN_SERVER.toNanos());
                        if (waitInServer(connection, gtidSet, wait) || between.isOver(connection)) {
                            return true;
                        } else if (left == 0) {
                            return false;
                        }
                    }
                }));
        if (!reached) {
            throw new TopologyException(node + ": waited " + deadline.toMillis() + " ms for GTIDs; still missing "
                    + missing(node, gtidSet) + "; "
                    + channels(node).stream()
                            .map(channel -> channel.channel() + ": " + channel)
                            .collect(Collectors.joining("; ")));
        }
    }

    /**
     * Returns when every replica has executed what the primary had executed when this was called, except what it will never
     * get ({@link ReplicaGap}).
     *
     * @throws TopologyException also, and soon, if the applier of a replica's channel from the primary has stopped with an
     *     error
     */
    public static void awaitConvergence(Cluster cluster, Duration deadline) {
        Deadline end = Deadline.after(deadline);
        Node primary = cluster.primary();
        BinlogPosition position = Await.of(primary + ": what it has executed", end)
                .success(() -> call(
                        primary,
                        "read the binary log's position",
                        connection -> BinlogPosition.of(primary, connection)));
        for (Node replica : cluster.replicas()) {
            ReplicaGap gap = new ReplicaGap();
            awaitGtid(replica, position.executed(), end.left(), connection -> {
                Ending.refuse("waiting on for " + replica + " to catch up");
                requireNoError(replica, primary, connection);
                return gap.look(replica, connection, position) && !gap.gtids().isEmpty();
            });
        }
    }

    private static void requireNoError(Node replica, Node primary, Connection connection) throws SQLException {
        Channels.from(primary, Channels.read(replica, connection))
                .filter(status -> !status.sqlRunning() && !status.applierError().isEmpty())
                .ifPresent(status -> {
                    throw new TopologyException(replica + ": its applier has stopped with an error, so what " + primary
                            + " writes does not arrive: " + status);
                });
    }

    /** GTIDs of {@code set} that are not in {@code other}; empty if there are none. */
    public static String subtract(Node node, String set, String other) {
        return call(node, "subtract GTID sets", connection -> {
            try (PreparedStatement statement = connection.prepareStatement("SELECT GTID_SUBTRACT(?, ?)")) {
                statement.setString(1, set);
                statement.setString(2, other);
                return gtids(firstText(statement.executeQuery()));
            }
        });
    }

    /**
     * The default channel, which is the only one of a server that the framework started; of another server ask for the
     * {@linkplain #statusFrom channel from its primary}.
     *
     * @throws TopologyException also if the node has no source
     */
    public static ReplicaStatus status(Node node) {
        return channels(node).stream()
                .filter(status -> status.channel().name().isEmpty())
                .findFirst()
                .orElseThrow(() -> new TopologyException(node + ": is not a replica (SHOW REPLICA STATUS is empty)"));
    }

    /** Every channel by which the node replicates but those of group replication; none if it has no source. */
    public static List<ReplicaStatus> channels(Node node) {
        return call(node, "read the replica's status", connection -> Channels.read(node, connection));
    }

    /**
     * The channel by which the node replicates from this source, running or not.
     *
     * @throws TopologyException also if there is none; names the sources that there are
     */
    public static ReplicaStatus statusFrom(Node node, Node source) {
        List<ReplicaStatus> channels = channels(node);
        if (channels.isEmpty()) {
            throw new TopologyException(node + ": replicates from nobody (SHOW REPLICA STATUS is empty)");
        }
        return Channels.from(source, channels)
                .orElseThrow(() -> new TopologyException(node + ": replicates from " + Channels.describe(channels)
                        + ", not from " + source + " (server_uuid " + source.serverUuid() + ")"));
    }

    public static void startThreads(Node node) {
        execute(node, new ReplicationSql(node.version()).startThreads());
    }

    public static void stopThreads(Node node) {
        execute(node, new ReplicationSql(node.version()).stopThreads());
    }

    /** The thread that fetches from the source (IO thread). */
    public static void startReceiver(Node node) {
        execute(node, new ReplicationSql(node.version()).startReceiver());
    }

    public static void stopReceiver(Node node) {
        execute(node, new ReplicationSql(node.version()).stopReceiver());
    }

    /** The threads that execute what was fetched (SQL thread and its workers). */
    public static void startApplier(Node node) {
        execute(node, new ReplicationSql(node.version()).startApplier());
    }

    public static void stopApplier(Node node) {
        execute(node, new ReplicationSql(node.version()).stopApplier());
    }

    /** Stops both threads, and forgets source, account and relay logs: the node is no replica any more. */
    public static void forgetSource(Node node) {
        ReplicationSql sql = new ReplicationSql(node.version());
        call(node, sql.forgetSource(), connection -> {
            try (Statement statement = connection.createStatement()) {
                statement.execute(sql.stopThreads());
                return statement.execute(sql.forgetSource());
            }
        });
    }

    /**
     * Empties the binary logs and forgets every executed GTID. Only for a server that has just been made: whatever it was
     * made with, no other server may fetch.
     */
    public static void forgetHistory(Node node) {
        execute(node, new ReplicationSql(node.version()).forgetHistory());
    }

    /**
     * Makes the node follow a source by GTID auto-position, from whatever it followed before; returns when both threads
     * run. Lost connections are noticed within seconds: heartbeat and retry every second.
     *
     * @param account {@link Cluster#replicationAccount()}
     */
    public static void follow(Node node, Node source, Credentials account, Duration deadline) {
        ReplicationSql sql = new ReplicationSql(node.version());
        Await.success(
                node + ": to follow " + source,
                deadline,
                () -> call(node, "follow " + source, connection -> {
                    try (Statement threads = connection.createStatement();
                            PreparedStatement statement = connection.prepareStatement(sql.changeSource())) {
                        threads.execute(sql.stopThreads());
                        statement.setString(1, source.peerAddress().host());
                        statement.setInt(2, source.peerAddress().port());
                        statement.setString(3, account.user());
                        statement.setString(4, account.password());
                        statement.execute();
                        return threads.execute(sql.startThreads());
                    }
                }));
        awaitRunning(node, deadline);
    }

    /**
     * Makes the receiver connect to its source from this address, so that its packets can be told from those of clients;
     * returns when both threads run. Does nothing if it does so already.
     *
     * @param address one of this machine's, for instance {@code 127.0.0.2}
     */
    public static void bindReceiver(Node node, String address, Duration deadline) {
        String bound = call(
                node,
                "read the receiver's address",
                connection -> text(
                        connection,
                        "SELECT COALESCE(MAX(NETWORK_INTERFACE), '')"
                                + " FROM performance_schema.replication_connection_configuration"
                                + " WHERE CHANNEL_NAME = ''"));
        if (address.equals(bound)) {
            return;
        }
        ReplicationSql sql = new ReplicationSql(node.version());
        stopReceiver(node);
        call(node, "bind the receiver to " + address, connection -> {
            try (PreparedStatement statement = connection.prepareStatement(sql.bindReceiver())) {
                statement.setString(1, address);
                return statement.execute();
            }
        });
        startReceiver(node);
        awaitRunning(node, deadline);
    }

    /** Returns when the receiver is connected to its source and the applier runs. */
    public static void awaitRunning(Node node, Duration deadline) {
        Await.until(
                node + ": its replication to run",
                deadline,
                () -> status(node).running(),
                () -> status(node).toString());
    }

    /**
     * With {@code super_read_only}, so that accounts with all privileges are held too; applied transactions are not.
     */
    public static void setReadOnly(Node node, boolean readOnly) {
        // Switching read_only off switches super_read_only off too; switching super_read_only on does so for both.
        execute(node, readOnly ? "SET GLOBAL super_read_only = ON" : "SET GLOBAL read_only = OFF");
    }

    /** The server is read-only from its next start on, as {@link #setReadOnly} makes it now. */
    public static void persistReadOnly(Node node) {
        execute(node, "SET PERSIST_ONLY super_read_only = ON");
    }

    private static boolean waitInServer(Connection connection, String gtidSet, long nanos) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("SELECT WAIT_FOR_EXECUTED_GTID_SET(?, ?)")) {
            statement.setString(1, gtidSet);
            // 0 would wait for ever.
            statement.setDouble(2, Math.max(0.001, nanos / 1e9));
            return "0".equals(firstText(statement.executeQuery()));
        }
    }

    private static String missing(Node node, String gtidSet) {
        return subtract(node, gtidSet, gtidExecuted(node));
    }

    private static void execute(Node node, String sql) {
        call(node, sql, connection -> {
            try (Statement statement = connection.createStatement()) {
                return statement.execute(sql);
            }
        });
    }

    private static String text(Connection connection, String query) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            return firstText(statement.executeQuery(query));
        }
    }

    private static String firstText(ResultSet rows) throws SQLException {
        try (rows) {
            rows.next();
            return rows.getString(1);
        }
    }

    private static String gtids(String set) {
        return set.replace("\n", "");
    }

    private interface Look {
        boolean isOver(Connection connection) throws SQLException;
    }

    private interface Sql<T> {
        T run(Connection connection) throws SQLException;
    }

    private static <T> T call(Node node, String what, Sql<T> sql) {
        long start = System.nanoTime();
        try (Connection connection = node.connect()) {
            T result = sql.run(connection);
            DebugLog.SQL.took(start, () -> node + ": " + what);
            return result;
        } catch (SQLException e) {
            TopologyException failure = TopologyException.of(node + ": cannot " + what, e);
            DebugLog.SQL.took(start, failure::getMessage);
            throw failure;
        }
    }
}
