package distributedmysql.topology;

import distributedmysql.config.HostPort;
import distributedmysql.mysql.BinlogPosition;
import distributedmysql.mysql.Channels;
import distributedmysql.mysql.Credentials;
import distributedmysql.mysql.GtidSets;
import distributedmysql.mysql.Mysql;
import distributedmysql.mysql.Node;
import distributedmysql.mysql.ReplicaGap;
import distributedmysql.mysql.ReplicaStatus;
import distributedmysql.mysql.ReplicationSql;
import distributedmysql.mysql.TopologyException;
import distributedmysql.time.Deadline;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
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

    /**
     * Returns when the node has executed the set
     * (https://dev.mysql.com/doc/refman/8.0/en/gtid-functions.html#function_wait-for-executed-gtid-set).
     */
    public static void awaitGtid(Node node, String gtidSet, Duration deadline) {
        awaitGtid(node, gtidSet, deadline, session -> false);
    }

    /** @param between whether there is nothing more to wait for; asked every {@link #LONGEST_WAIT_IN_SERVER} */
    private static void awaitGtid(Node node, String gtidSet, Duration deadline, Look between) {
        Deadline end = Deadline.after(deadline);
        String what = node + ": GTIDs " + gtidSet;
        boolean reached = Await.of(what, end)
                .success(() -> Mysql.ask(node, "wait for " + gtidSet, session -> {
                    while (true) {
                        long left = end.left().toNanos();
                        long wait = Math.min(left, LONGEST_WAIT_IN_SERVER.toNanos());
                        if (waitInServer(session, gtidSet, wait) || between.isOver(session)) {
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
    public static void awaitConvergence(ReplicaSet replicaSet, Duration deadline) {
        Deadline end = Deadline.after(deadline);
        Node primary = replicaSet.primary();
        if (replicaSet.isMultiPrimary()) {
            // What the others have committed comes to it, and then to all.
            for (Node other : replicaSet.replicas()) {
                awaitGtid(primary, GtidSets.executed(other), end.left());
            }
        }
        BinlogPosition position = Await.of(primary + ": what it has executed", end)
                .success(() -> Mysql.ask(
                        primary, "read the binary log's position", session -> BinlogPosition.of(primary, session)));
        for (Node replica : replicaSet.replicas()) {
            ReplicaGap gap = new ReplicaGap();
            awaitGtid(replica, position.executed(), end.left(), session -> {
                Ending.refuse("waiting on for " + replica + " to catch up");
                primary.requireNotEnded();
                requireNoError(replica, primary, session);
                return gap.look(replica, session, position) && !gap.gtids().isEmpty();
            });
        }
    }

    private static void requireNoError(Node replica, Node primary, Mysql session) throws SQLException {
        Channels.from(primary, Channels.read(replica, session))
                .filter(status -> !status.sqlRunning() && !status.applierError().isEmpty())
                .ifPresent(status -> {
                    throw new TopologyException(replica + ": its applier has stopped with an error, so what " + primary
                            + " writes does not arrive: " + status);
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
        return Mysql.ask(node, "read the replica's status", session -> Channels.read(node, session));
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

    /** Why the node does not replicate from that source; empty if it does. */
    public static String whyNotFollowing(Node node, Node source) {
        try {
            return whyNotRunning(statusFrom(node, source), source);
        } catch (TopologyException e) {
            return e.getMessage();
        }
    }

    /** As {@link #whyNotFollowing}, by what the node said of its channel from the source. */
    public static String whyNotRunning(ReplicaStatus status, Node source) {
        return status.running() ? "" : "its replication from " + source + " does not run: " + status;
    }

    /** Whether the default channel has a source configured, whether or not it is connected to it. */
    public static boolean hasSource(Node node) {
        return source(node).isPresent();
    }

    /** Whom the default channel is to fetch from, whether or not it does; empty if nobody is configured. */
    public static Optional<HostPort> source(Node node) {
        String query = "SELECT HOST, PORT FROM performance_schema.replication_connection_configuration"
                + " WHERE CHANNEL_NAME = '' AND HOST <> ''";
        return Mysql.ask(
                node,
                "read its source",
                session -> session.rows(query, row -> new HostPort(row.getString(1), row.getInt(2))).stream()
                        .findFirst());
    }

    public static void startThreads(Node node) {
        Mysql.execute(node, new ReplicationSql(node.version()).startThreads());
    }

    public static void stopThreads(Node node) {
        Mysql.execute(node, new ReplicationSql(node.version()).stopThreads());
    }

    /** The thread that fetches from the source (IO thread). */
    public static void startReceiver(Node node) {
        Mysql.execute(node, new ReplicationSql(node.version()).startReceiver());
    }

    public static void stopReceiver(Node node) {
        Mysql.execute(node, new ReplicationSql(node.version()).stopReceiver());
    }

    /** The threads that execute what was fetched (SQL thread and its workers). */
    public static void startApplier(Node node) {
        Mysql.execute(node, new ReplicationSql(node.version()).startApplier());
    }

    public static void stopApplier(Node node) {
        Mysql.execute(node, new ReplicationSql(node.version()).stopApplier());
    }

    /** Stops both threads, and forgets source, account and relay logs: the node is no replica any more. */
    public static void forgetSource(Node node) {
        ReplicationSql sql = new ReplicationSql(node.version());
        Mysql.run(node, sql.forgetSource(), session -> {
            session.execute(sql.stopThreads());
            session.execute(sql.forgetSource());
        });
    }

    /**
     * Empties the binary logs and forgets every executed GTID. Only for a server that has just been made: whatever it was
     * made with, no other server may fetch.
     */
    public static void forgetHistory(Node node) {
        Mysql.execute(node, new ReplicationSql(node.version()).forgetHistory());
    }

    /**
     * Makes the node follow a source by GTID auto-position, from whatever it followed before; returns when both threads
     * run. Lost connections are noticed within seconds: heartbeat and retry every second. A source that has ended is not waited for.
     *
     * @param account {@link ReplicaSet#replicationAccount()}
     */
    public static void follow(Node node, Node source, Credentials account, Duration deadline) {
        ReplicationSql sql = new ReplicationSql(node.version());
        Await.success(
                node + ": to follow " + source,
                deadline,
                () -> Mysql.run(node, "follow " + source, session -> {
                    HostPort address = source.peerAddress();
                    session.execute(sql.stopThreads());
                    session.execute(
                            sql.changeSource(), address.host(), address.port(), account.user(), account.password());
                    session.execute(sql.startThreads());
                }));
        awaitRunning(node, deadline, source);
    }

    /**
     * Makes the receiver connect to its source from this address, so that its packets can be told from those of clients;
     * returns when both threads run. Does nothing if it does so already.
     *
     * @param address one of this machine's, for instance {@code 127.0.0.2}
     */
    public static void bindReceiver(Node node, String address, Duration deadline) {
        String query = "SELECT NETWORK_INTERFACE FROM performance_schema.replication_connection_configuration"
                + " WHERE CHANNEL_NAME = ''";
        String bound = Mysql.ask(node, "read the receiver's address", session -> session.text(query));
        if (address.equals(bound)) {
            return;
        }
        ReplicationSql sql = new ReplicationSql(node.version());
        stopReceiver(node);
        Mysql.run(node, "bind the receiver to " + address, session -> session.execute(sql.bindReceiver(), address));
        startReceiver(node);
        awaitRunning(node, deadline);
    }

    /** Returns when the receiver is connected to its source and the applier runs; throws, and soon, if one of the sources has ended. */
    public static void awaitRunning(Node node, Duration deadline, Node... sources) {
        Await.until(
                node + ": its replication to run",
                deadline,
                () -> {
                    List.of(sources).forEach(Node::requireNotEnded);
                    return status(node).running();
                },
                () -> status(node).toString());
    }

    /**
     * With {@code super_read_only}, so that accounts with all privileges are held too; applied transactions are not.
     */
    public static void setReadOnly(Node node, boolean readOnly) {
        // Switching read_only off switches super_read_only off too; switching super_read_only on does so for both.
        Mysql.execute(node, readOnly ? "SET GLOBAL super_read_only = ON" : "SET GLOBAL read_only = OFF");
    }

    /** Whether accounts with all privileges may write, as {@link #setReadOnly} has it. */
    public static boolean takesWrites(Node node) {
        return Mysql.text(node, "SELECT @@global.super_read_only").equals("0");
    }

    /** The server is read-only from its next start on, as {@link #setReadOnly} makes it now. */
    public static void persistReadOnly(Node node) {
        Mysql.execute(node, "SET PERSIST_ONLY super_read_only = ON");
    }

    private static boolean waitInServer(Mysql session, String gtidSet, long nanos) throws SQLException {
        // 0 would wait for ever.
        double seconds = Math.max(0.001, nanos / 1e9);
        return session.text("SELECT WAIT_FOR_EXECUTED_GTID_SET(?, ?)", gtidSet, seconds)
                .equals("0");
    }

    private static String missing(Node node, String gtidSet) {
        return GtidSets.subtract(node, gtidSet, GtidSets.executed(node));
    }

    private interface Look {
        boolean isOver(Mysql session) throws SQLException;
    }
}
