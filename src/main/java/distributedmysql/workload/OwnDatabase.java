package distributedmysql.workload;

import distributedmysql.topology.Cluster;
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

/**
 * The database that holds all that the framework writes. It is marked by a table of its own; a database of the same
 * name without that mark belongs to somebody else and is never written to. All methods may be called again; what they
 * find done, they leave. Thread-safe, but two runs at once on one database disturb each other.
 *
 * <p>Every method throws {@link TopologyException}, naming node and database, if the database is not ours or the server
 * refuses.
 */
public final class OwnDatabase {
    static final String MARKER = "_distributed_mysql_test";
    private static final String FRAMEWORK = "mysql-distributed-test-framework";
    private static final int VERSION = 1;
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
    public OwnDatabase(Cluster cluster, String name) {
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

    /** Makes and marks the database on the primary, unless it is there and marked. Tables in it are left alone. */
    public void prepare() {
        Node primary = cluster.primary();
        run(primary, "create", connection -> {
            if (state(primary, connection) == State.OURS) {
                return;
            }
            // CREATE DATABASE is replicated: where a replica has one of its own, replication would stop. One that the
            // primary has just dropped may still be there.
            Replication.awaitConvergence(cluster, REPLICATION_DEADLINE);
            cluster.replicas().forEach(this::requireNotForeign);
            create(primary, connection);
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
            try (Statement statement = connection.createStatement()) {
                for (Table table : tables) {
                    statement.execute("DROP TABLE IF EXISTS " + quotedName() + "." + table.name());
                    statement.execute(table.createStatement(quotedName()));
                }
            }
        });
    }

    /** Drops the database, if there is one. */
    public void remove() {
        Node primary = cluster.primary();
        run(primary, "drop", connection -> {
            if (state(primary, connection) == State.OURS) {
                try (Statement statement = connection.createStatement()) {
                    statement.execute("DROP DATABASE " + quotedName());
                }
            }
        });
    }

    private void requireNotForeign(Node node) {
        run(node, "look for", connection -> state(node, connection));
    }

    private void create(Node primary, Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + quotedName() + " DEFAULT CHARACTER SET utf8mb4");
            statement.execute("CREATE TABLE " + marker() + " (framework VARCHAR(100) NOT NULL PRIMARY KEY,"
                    + " version INT NOT NULL, made_by VARCHAR(300) NOT NULL, made_at DATETIME(6) NOT NULL)"
                    + " ENGINE=InnoDB DEFAULT CHARSET=utf8mb4");
            statement.execute("INSERT INTO " + marker() + " VALUES ('" + FRAMEWORK + "', " + VERSION
                    + ", CURRENT_USER(), UTC_TIMESTAMP(6))");
        } catch (SQLException e) {
            if (e.getErrorCode() == EXISTS) {
                throw foreign(primary);
            }
            throw e;
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
        if (count(connection, "SELECT COUNT(*) FROM information_schema.SCHEMATA WHERE SCHEMA_NAME = ?", name) == 0) {
            return State.ABSENT;
        }
        String columns = "SELECT COUNT(*) FROM information_schema.COLUMNS WHERE TABLE_SCHEMA = ? AND TABLE_NAME = ?"
                + " AND COLUMN_NAME IN ('framework', 'version')";
        boolean marked = count(connection, columns, name, MARKER) == 2
                && count(connection, "SELECT COUNT(*) FROM " + marker() + " WHERE framework = ?", FRAMEWORK) == 1;
        return marked ? State.OURS : State.FOREIGN;
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
        return new TopologyException(node + ": cannot " + what + " database " + name + ": " + e.getMessage()
                + " (SQLState " + e.getSQLState() + ", error " + e.getErrorCode() + ")");
    }
}
