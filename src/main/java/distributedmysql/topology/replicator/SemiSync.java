package distributedmysql.topology.replicator;

import distributedmysql.config.Plural;
import distributedmysql.config.ReplicationMode;
import distributedmysql.history.RunClock;
import distributedmysql.history.SemiSyncReading;
import distributedmysql.mysql.Capability;
import distributedmysql.mysql.Mysql;
import distributedmysql.mysql.Node;
import distributedmysql.mysql.TopologyException;
import distributedmysql.topology.Await;
import distributedmysql.topology.ReplicaSet;
import distributedmysql.topology.Replication;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Semi-synchronous replication, switched on by {@link #enable} and over by {@link CommandedFailover}
 * (https://dev.mysql.com/doc/refman/8.0/en/replication-semisync-interface.html). Only the primary waits for
 * acknowledgements: a replica that did would hold up its own applier. Thread-safe.
 */
public final class SemiSync {
    private final ReplicationMode waitPoint;
    private final long timeoutMillis;

    private SemiSync(ReplicationMode waitPoint, Duration timeout) {
        this.waitPoint = waitPoint;
        this.timeoutMillis = timeout.toMillis();
    }

    /**
     * Installs the plugins where they are missing, and returns when every replica acknowledges.
     *
     * @param waitPoint {@code AFTER_SYNC} or {@code AFTER_COMMIT}
     * @param timeout how long a commit waits for a replica before the primary goes on asynchronously
     * @throws TopologyException if that is not reached within the deadline, or a server lacks the plugins
     * @throws IllegalArgumentException if the wait point is {@code ASYNC}
     */
    public static SemiSync enable(
            ReplicaSet replicaSet, ReplicationMode waitPoint, Duration timeout, Duration deadline) {
        if (waitPoint == ReplicationMode.ASYNC) {
            throw new IllegalArgumentException("not a wait point of semi-synchronous replication: " + waitPoint);
        }
        SemiSync semiSync = new SemiSync(waitPoint, timeout);
        // First: a receiver asks its source for this once, when it connects.
        Node primary = replicaSet.primary();
        Await.success(primary + ": semi-synchronous replication", deadline, () -> semiSync.becomePrimary(primary));
        for (Node replica : replicaSet.replicas()) {
            semiSync.becomeReplica(replica, deadline);
            String receiver = replica + ": its receiver to be started anew";
            Await.success(receiver, deadline, () -> Replication.stopReceiver(replica));
            Await.success(receiver, deadline, () -> Replication.startReceiver(replica));
            Replication.awaitRunning(replica, deadline);
        }
        RunClock clock = new RunClock();
        Await.until(
                replicaSet.primary() + ": " + Plural.of(replicaSet.replicas().size(), "semi-synchronous replica"),
                deadline,
                () -> isComplete(read(replicaSet.primary(), clock), replicaSet),
                () -> read(replicaSet.primary(), clock).toString());
        return semiSync;
    }

    /** Back to asynchronous replication; the plugins stay. */
    public static void disable(ReplicaSet replicaSet, Duration deadline) {
        for (Node node : replicaSet.nodes()) {
            Names names = Names.of(node);
            String off = "SET GLOBAL " + names.source + "_enabled = OFF, GLOBAL " + names.replica
                    + "_enabled = OFF, GLOBAL " + names.waitNoReplica + " = ON";
            Await.success(node + ": asynchronous replication", deadline, () -> set(node, names, off));
        }
    }

    /** Commits on this node wait for a replica from now on, also while none is connected. */
    void becomePrimary(Node node) {
        Names names = Names.of(node);
        set(node, names, primary(names) + ", GLOBAL " + names.waitNoReplica + " = ON");
    }

    /**
     * Commits on this node wait for a replica only once one is connected: there is none, and with the wait every write
     * would hang for the whole timeout
     * (https://dev.mysql.com/doc/refman/8.0/en/replication-options-source.html#sysvar_rpl_semi_sync_source_wait_no_replica).
     */
    void becomeLonePrimary(Node node) {
        Names names = Names.of(node);
        // Last: it switches off what was switched on without a replica.
        set(node, names, primary(names) + ", GLOBAL " + names.waitNoReplica + " = OFF");
    }

    /** A replica follows the lone primary: returns when commits wait for it, also if it is lost again. */
    void protect(Node primary, Duration deadline) {
        RunClock clock = new RunClock();
        Await.until(
                primary + ": a semi-synchronous replica",
                deadline,
                () -> read(primary, clock).clients() > 0,
                () -> read(primary, clock).toString());
        Names names = Names.of(primary);
        Await.success(
                primary + ": to wait for replicas",
                deadline,
                () -> set(primary, names, "SET GLOBAL " + names.waitNoReplica + " = ON"));
    }

    private String primary(Names names) {
        return "SET GLOBAL " + names.replica + "_enabled = OFF, GLOBAL " + names.source + "_wait_point = " + waitPoint
                + ", GLOBAL " + names.source + "_timeout = " + timeoutMillis + ", GLOBAL " + names.source
                + "_enabled = ON";
    }

    /** This node acknowledges from its receiver's next connection on. */
    void becomeReplica(Node node, Duration deadline) {
        Names names = Names.of(node);
        String on = "SET GLOBAL " + names.source + "_enabled = OFF, GLOBAL " + names.replica + "_enabled = ON";
        Await.success(node + ": semi-synchronous replication", deadline, () -> set(node, names, on));
    }

    /**
     * What a primary is configured with, by whichever of the plugins' names.
     *
     * @throws TopologyException if it does not answer
     */
    public static ReplicationMode configured(Node primary) {
        List<String> variables = Mysql.texts(
                primary,
                "SELECT CONCAT(VARIABLE_NAME, '=', VARIABLE_VALUE) FROM performance_schema.global_variables"
                        + " WHERE VARIABLE_NAME LIKE 'rpl\\_semi\\_sync\\_%'");
        if (variables.stream().noneMatch(variable -> variable.matches("rpl_semi_sync_(source|master)_enabled=ON"))) {
            return ReplicationMode.ASYNC;
        }
        boolean afterCommit = variables.stream().anyMatch(variable -> variable.endsWith("_wait_point=AFTER_COMMIT"));
        return afterCommit ? ReplicationMode.AFTER_COMMIT : ReplicationMode.AFTER_SYNC;
    }

    /** @throws TopologyException if the node does not answer, or has no semi-synchronous replication */
    public static SemiSyncReading read(Node primary, RunClock clock) {
        return Mysql.ask(primary, "read the semi-synchronous status", session -> read(primary, session, clock));
    }

    public static SemiSyncReading read(Node primary, Mysql session, RunClock clock) throws SQLException {
        Map<String, String> values = session.read(
                "SHOW GLOBAL STATUS LIKE 'Rpl\\_semi\\_sync\\_%'",
                rows -> {
                    Map<String, String> all = new HashMap<>();
                    while (rows.next()) {
                        // Servers of others may have the plugins by their old names, whatever their version.
                        all.put(
                                rows.getString(1).replaceFirst("Rpl_semi_sync_(source|master)_", ""),
                                rows.getString(2));
                    }
                    return all;
                });
        if (!values.containsKey("status")) {
            throw new TopologyException(primary + ": semi-synchronous replication is not installed");
        }
        return new SemiSyncReading(
                clock.micros(),
                primary.name(),
                "ON".equals(values.get("status")),
                Long.parseLong(values.get("clients")),
                Long.parseLong(values.get("yes_tx")),
                Long.parseLong(values.get("no_tx")));
    }

    private static boolean isComplete(SemiSyncReading reading, ReplicaSet replicaSet) {
        return reading.on() && reading.clients() == replicaSet.replicas().size();
    }

    /** Over one connection: it counts during a failover. */
    private static void set(Node node, Names names, String sql) {
        Mysql.run(node, sql, session -> {
            install(session, names);
            session.execute(sql);
        });
    }

    private static void install(Mysql session, Names names) throws SQLException {
        String query = "SELECT PLUGIN_NAME FROM information_schema.PLUGINS WHERE PLUGIN_STATUS = 'ACTIVE'"
                + " AND PLUGIN_NAME IN (?, ?)";
        if (session.texts(query, names.source, names.replica).size() == 2) {
            return;
        }
        boolean readOnly = session.number("SELECT @@global.super_read_only") == 1;
        // The statement writes to mysql.plugin, and not to the binary log.
        session.execute("SET GLOBAL super_read_only = OFF");
        try {
            install(session, names.source, names.sourceLibrary);
            install(session, names.replica, names.replicaLibrary);
        } finally {
            session.execute("SET GLOBAL super_read_only = " + (readOnly ? "ON" : "OFF"));
        }
    }

    private static void install(Mysql session, String plugin, String library) throws SQLException {
        try {
            session.execute("INSTALL PLUGIN " + plugin + " SONAME '" + library + "'");
        } catch (SQLException e) {
            // ER_UDF_EXISTS, ER_PLUGIN_INSTALLED: what is there need not be installed.
            if (e.getErrorCode() != 1125 && e.getErrorCode() != 1968) {
                throw e;
            }
        }
    }

    private record Names(
            String source, String replica, String waitNoReplica, String sourceLibrary, String replicaLibrary) {
        static Names of(Node node) {
            return Capability.REPLICA_VARIABLES.in(node.version())
                    ? new Names(
                            "rpl_semi_sync_source",
                            "rpl_semi_sync_replica",
                            "rpl_semi_sync_source_wait_no_replica",
                            "semisync_source.so",
                            "semisync_replica.so")
                    : new Names(
                            "rpl_semi_sync_master",
                            "rpl_semi_sync_slave",
                            "rpl_semi_sync_master_wait_no_slave",
                            "semisync_master.so",
                            "semisync_slave.so");
        }
    }
}
