package distributedmysql.workload;

import distributedmysql.topology.Cluster;
import distributedmysql.topology.Ending;
import distributedmysql.topology.LocalSql;
import distributedmysql.topology.Node;
import distributedmysql.topology.Replication;
import distributedmysql.topology.TopologyException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * The database that holds all that the framework writes. It is marked by a table of its own; a database of the same
 * name without that mark belongs to somebody else and is never written to. All methods may be called again; what they
 * find done, they leave. Thread-safe, but two runs at once on one database disturb each other: {@link RunLock}.
 *
 * <p>Every method throws {@link TopologyException}, naming node and database, if the database is not ours or the server
 * refuses.
 */
public final class MarkedDatabase {
    static final String MARKER = "_distributed_mysql_test";
    /** Every table that the framework may make in it; those of simulations of the user's own are not known. */
    static final List<String> TABLES = Stream.concat(
                    Stream.of(MARKER, "heartbeat", "failover_ledger", ProbeTable.PROBES.name()),
                    GameSchema.TABLES.stream().map(Table::name))
            .toList();

    private static final String FRAMEWORK = "mysql-distributed-test-framework";
    private static final int VERSION = 1;
    /** In the place of {@link #FRAMEWORK}: the row of the run that uses the database. */
    private static final String CURRENT_RUN = "current run";
    /** ER_DB_CREATE_EXISTS: somebody made it since we looked, or we may not see it. */
    private static final int EXISTS = 1007;

    private static final Duration REPLICATION_DEADLINE = Duration.ofMinutes(1);

    private enum State {
        ABSENT,
        OURS,
        FOREIGN
    }

    @FunctionalInterface
    private interface Work {
        void on(Connection connection) throws SQLException;
    }

    private final Cluster cluster;
    private final String name;

    /**
     * @param name {@code data.database}
     */
    public MarkedDatabase(Cluster cluster, String name) {
        this.cluster = cluster;
        this.name = name;
    }

    public String name() {
        return name;
    }

    /** The name as a statement writes it. */
    public String quotedName() {
        return quoted(name);
    }

    public static String quoted(String name) {
        return "`" + name.replace("`", "``") + "`";
    }

    /** Whether it is on the primary, marked, and the user may see that. */
    public boolean isOurs() {
        Node primary = cluster.primary();
        try (Connection connection = primary.connect()) {
            return lookUp(connection) == State.OURS;
        } catch (SQLException e) {
            throw failure(primary, "look for", e);
        }
    }

    /**
     * Looks, before anything is written, for whatever keeps the database from replicas.
     *
     * @return lines for the console
     * @throws TopologyException also if a filter does
     */
    public List<String> requireUnfiltered() {
        return ReplicationPath.require(cluster, name, TABLES);
    }

    /**
     * Makes and marks the database on the primary, unless it is there and marked. Tables in it are left alone. When this
     * returns, every replica has the database.
     *
     * @throws TopologyException also if a filter keeps it from a replica, or it does not arrive at one for another reason;
     *     it has not been made then, or has been dropped again before there was a table in it
     */
    public void prepare() {
        Ending.refuse("making the database " + name);
        requireUnfiltered();
        Node primary = cluster.primary();
        run(primary, "create", connection -> {
            boolean there = state(primary, connection) == State.OURS;
            // CREATE DATABASE is replicated: where a replica has one of its own, replication would stop. One that the
            // primary has just dropped may still be there.
            Replication.awaitConvergence(cluster, REPLICATION_DEADLINE);
            for (Node replica : cluster.replicas()) {
                requireAlike(primary, there, replica);
            }
            if (!there) {
                Ending.refuse("making the database " + name);
                create(primary, connection);
                mark(connection);
            }
        });
    }

    /**
     * Drops the tables of these names and makes them anew, empty.
     *
     * @throws TopologyException also if the database has not been prepared
     */
    public void recreate(List<Table> tables) {
        Node primary = cluster.primary();
        run(primary, "make the tables of", connection -> {
            if (state(primary, connection) == State.ABSENT) {
                throw new TopologyException(primary + ": there is no database " + name);
            }
            connection.setCatalog(name);
            try (Statement statement = connection.createStatement()) {
                for (Table table : tables) {
                    statement.execute("DROP TABLE IF EXISTS " + quotedName() + "." + table.name());
                    statement.execute(table.createStatement(quotedName()));
                }
            }
        });
    }

    /** Notes in the database which run it is of now. */
    void claim(String run) {
        run(cluster.primary(), "write the run into", connection -> {
            String sql = "REPLACE INTO " + marker() + " VALUES ('" + CURRENT_RUN + "', " + VERSION
                    + ", LEFT(?, 300), UTC_TIMESTAMP(6))";
            connection.setCatalog(name);
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                statement.setString(1, run);
                statement.executeUpdate();
            }
        });
    }

    /** What {@link #claim} noted last; empty if there is nothing, or no database. */
    String claimedBy() {
        StringBuilder run = new StringBuilder();
        run(cluster.primary(), "read the run of", connection -> {
            if (state(cluster.primary(), connection) == State.OURS) {
                String sql = "SELECT made_by FROM " + marker() + " WHERE framework = '" + CURRENT_RUN + "'";
                try (Statement statement = connection.createStatement();
                        ResultSet row = statement.executeQuery(sql)) {
                    run.append(row.next() ? row.getString(1) : "");
                }
            }
        });
        return run.toString();
    }

    /** Drops the database, if there is one. */
    public void remove() {
        Node primary = cluster.primary();
        run(primary, "drop", connection -> {
            if (state(primary, connection) == State.OURS) {
                drop(connection);
            }
        });
    }

    /** On a replica that has none, by whatever mishap, the statement must not fail: its applier would stop for all. */
    private void drop(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("DROP DATABASE IF EXISTS " + quotedName());
        }
    }

    /** What is made or dropped only there, or lacks there, would stop the replica's applier sooner or later. */
    private void requireAlike(Node primary, boolean there, Node replica) {
        run(replica, "look for", connection -> {
            boolean onReplica = state(replica, connection) == State.OURS;
            if (there && !onReplica) {
                throw new TopologyException(replica + ": has no database " + name
                        + ", which an earlier run has made on " + primary
                        + ", so its applier would stop at the first table. Drop the database, on " + primary
                        + " only:\nDROP DATABASE IF EXISTS " + quotedName() + ";");
            }
            if (onReplica && !there) {
                boolean superReadOnly = count(connection, "SELECT @@global.super_read_only") == 1;
                String drop = "DROP DATABASE IF EXISTS " + quotedName() + ";";
                throw new TopologyException(replica + ": still has the database " + name + " of an earlier run, which "
                        + primary + " has not, so its applier would stop when it is made anew. Drop it, on " + replica
                        + " only:\n" + String.join("\n", LocalSql.of(superReadOnly, List.of(drop))));
            }
        });
    }

    /** Every statement after this has it as its default database, so that one filter judges all of them alike. */
    private void create(Node primary, Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + quotedName() + " DEFAULT CHARACTER SET utf8mb4");
        } catch (SQLException e) {
            if (e.getErrorCode() == EXISTS) {
                throw foreign(primary);
            }
            throw e;
        }
        try {
            Replication.awaitConvergence(cluster, REPLICATION_DEADLINE);
            cluster.replicas().forEach(this::requireArrived);
        } catch (TopologyException e) {
            drop(connection);
            throw new TopologyException(e.getMessage() + ". No table was made, and the database was dropped again");
        }
        connection.setCatalog(name);
    }

    private void requireArrived(Node replica) {
        run(replica, "look for", connection -> {
            if (!isThere(connection)) {
                throw new TopologyException(replica + ": the database " + name + ", just made on " + cluster.primary()
                        + ", has not arrived, although all has been applied that is in the binary log. "
                        + String.join(". ", requireUnfiltered()) + ". (An option binlog-do-db=a,b means one database"
                        + " of that name, not two; init_connect may switch sql_log_bin off)");
            }
        });
    }

    private void mark(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE " + marker() + " (framework VARCHAR(100) NOT NULL PRIMARY KEY,"
                    + " version INT NOT NULL, made_by VARCHAR(300) NOT NULL, made_at DATETIME(6) NOT NULL)"
                    + " ENGINE=InnoDB DEFAULT CHARSET=utf8mb4");
            statement.execute("INSERT INTO " + marker() + " VALUES ('" + FRAMEWORK + "', " + VERSION
                    + ", CURRENT_USER(), UTC_TIMESTAMP(6))");
        }
    }

    /** ABSENT or OURS. */
    private State state(Node node, Connection connection) throws SQLException {
        State state = lookUp(connection);
        if (state == State.FOREIGN) {
            throw foreign(node);
        }
        return state;
    }

    private State lookUp(Connection connection) throws SQLException {
        if (!isThere(connection)) {
            return State.ABSENT;
        }
        String columns = "SELECT COUNT(*) FROM information_schema.COLUMNS WHERE TABLE_SCHEMA = ? AND TABLE_NAME = ?"
                + " AND COLUMN_NAME IN ('framework', 'version')";
        boolean marked = count(connection, columns, name, MARKER) == 2
                && count(connection, "SELECT COUNT(*) FROM " + marker() + " WHERE framework = ?", FRAMEWORK) == 1;
        return marked ? State.OURS : State.FOREIGN;
    }

    private boolean isThere(Connection connection) throws SQLException {
        return count(connection, "SELECT COUNT(*) FROM information_schema.SCHEMATA WHERE SCHEMA_NAME = ?", name) != 0;
    }

    private static long count(Connection connection, String sql, String... parameters) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setString(i + 1, parameters[i]);
            }
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }
    }

    private TopologyException foreign(Node node) {
        return new TopologyException(node + ": the database " + name + " exists and was not made by this framework"
                + " (it lacks the mark, a row in the table " + MARKER + "), so nothing was written."
                + " Choose another name with data.database, or drop the database yourself.");
    }

    private String marker() {
        return quotedName() + "." + MARKER;
    }

    private void run(Node node, String what, Work work) {
        try (Connection connection = node.connect()) {
            work.on(connection);
        } catch (SQLException e) {
            throw failure(node, what, e);
        }
    }

    private TopologyException failure(Node node, String what, SQLException e) {
        return TopologyException.of(node + ": cannot " + what + " database " + name, e);
    }
}
