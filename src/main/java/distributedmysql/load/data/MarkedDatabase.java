package distributedmysql.load.data;

import distributedmysql.mysql.LocalSql;
import distributedmysql.mysql.Mysql;
import distributedmysql.mysql.Node;
import distributedmysql.mysql.TopologyException;
import distributedmysql.topology.Ending;
import distributedmysql.topology.ReplicaSet;
import distributedmysql.topology.Replication;
import java.sql.SQLException;
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
    /** That every run may make in it. */
    static final List<String> TABLES = Stream.concat(
                    Stream.of(MARKER, "heartbeat", "ledger", ProbeTable.PROBES.name()),
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

    private final ReplicaSet replicaSet;
    private final String name;
    /** That may be made in it, as far as is known: those of simulations of the user's own are not. */
    private final List<String> tables;

    /** @param name {@code data.database} */
    public MarkedDatabase(ReplicaSet replicaSet, String name) {
        this(replicaSet, name, List.of());
    }

    /** @param tables that may be made in it, besides those of every run, so that a filter of one of them is found */
    public MarkedDatabase(ReplicaSet replicaSet, String name, List<String> tables) {
        this.replicaSet = replicaSet;
        this.name = name;
        this.tables = Stream.concat(TABLES.stream(), tables.stream()).toList();
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
        return ask(replicaSet.primary(), "look for", session -> lookUp(session) == State.OURS);
    }

    /**
     * Looks, before anything is written, for whatever keeps the database from replicas.
     *
     * @return lines for the console
     * @throws TopologyException also if a filter does
     */
    public List<String> requireUnfiltered() {
        return ReplicationPath.require(replicaSet, name, tables);
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
        Node primary = replicaSet.primary();
        run(primary, "create", session -> {
            boolean there = state(primary, session) == State.OURS;
            // CREATE DATABASE is replicated: where a replica has one of its own, replication would stop. One that the
            // primary has just dropped may still be there.
            Replication.awaitConvergence(replicaSet, REPLICATION_DEADLINE);
            for (Node replica : replicaSet.replicas()) {
                requireAlike(primary, there, replica);
            }
            if (!there) {
                Ending.refuse("making the database " + name);
                create(primary, session);
                mark(session);
            }
        });
    }

    /**
     * Drops the tables of these names and makes them anew, empty.
     *
     * @throws TopologyException also if the database has not been prepared
     */
    public void recreate(List<Table> tables) {
        Node primary = replicaSet.primary();
        run(primary, "make the tables of", session -> {
            if (state(primary, session) == State.ABSENT) {
                throw new TopologyException(primary + ": there is no database " + name);
            }
            session.use(name);
            for (Table table : tables) {
                session.execute("DROP TABLE IF EXISTS " + quotedName() + "." + table.name());
                session.execute(table.createStatement(quotedName()));
            }
        });
    }

    /** Notes in the database which run it is of now. */
    void claim(String run) {
        run(replicaSet.primary(), "write the run into", session -> {
            String sql = "REPLACE INTO " + marker() + " VALUES ('" + CURRENT_RUN + "', " + VERSION
                    + ", LEFT(?, 300), UTC_TIMESTAMP(6))";
            session.use(name);
            session.execute(sql, run);
        });
    }

    /** What {@link #claim} noted last; empty if there is nothing, or no database. */
    String claimedBy() {
        String query = "SELECT made_by FROM " + marker() + " WHERE framework = '" + CURRENT_RUN + "'";
        Node primary = replicaSet.primary();
        return ask(
                primary,
                "read the run of",
                session -> state(primary, session) == State.OURS ? session.text(query) : "");
    }

    /** Drops the database, if there is one. */
    public void remove() {
        Node primary = replicaSet.primary();
        run(primary, "drop", session -> {
            if (state(primary, session) == State.OURS) {
                drop(session);
            }
        });
    }

    /** On a replica that has none, by whatever mishap, the statement must not fail: its applier would stop for all. */
    private void drop(Mysql session) throws SQLException {
        session.execute("DROP DATABASE IF EXISTS " + quotedName());
    }

    /** What is made or dropped only there, or lacks there, would stop the replica's applier sooner or later. */
    private void requireAlike(Node primary, boolean there, Node replica) {
        run(replica, "look for", session -> {
            boolean onReplica = state(replica, session) == State.OURS;
            if (there && !onReplica) {
                throw new TopologyException(replica + ": has no database " + name
                        + ", which an earlier run has made on " + primary
                        + ", so its applier would stop at the first table. Drop the database, on " + primary
                        + " only:\nDROP DATABASE IF EXISTS " + quotedName() + ";");
            }
            if (onReplica && !there) {
                boolean superReadOnly = session.number("SELECT @@global.super_read_only") == 1;
                String drop = "DROP DATABASE IF EXISTS " + quotedName() + ";";
                throw new TopologyException(replica + ": still has the database " + name + " of an earlier run, which "
                        + primary + " has not, so its applier would stop when it is made anew. Drop it, on " + replica
                        + " only:\n" + String.join("\n", LocalSql.of(superReadOnly, List.of(drop))));
            }
        });
    }

    /** Every statement after this has it as its default database, so that one filter judges all of them alike. */
    private void create(Node primary, Mysql session) throws SQLException {
        try {
            session.execute("CREATE DATABASE " + quotedName() + " DEFAULT CHARACTER SET utf8mb4");
        } catch (SQLException e) {
            if (e.getErrorCode() == EXISTS) {
                throw foreign(primary);
            }
            throw e;
        }
        try {
            Replication.awaitConvergence(replicaSet, REPLICATION_DEADLINE);
            replicaSet.replicas().forEach(this::requireArrived);
        } catch (TopologyException e) {
            drop(session);
            throw new TopologyException(e.getMessage() + ". No table was made, and the database was dropped again");
        }
        session.use(name);
    }

    private void requireArrived(Node replica) {
        run(replica, "look for", session -> {
            if (!isThere(session)) {
                throw new TopologyException(replica + ": the database " + name + ", just made on "
                        + replicaSet.primary()
                        + ", has not arrived, although all has been applied that is in the binary log. "
                        + String.join(". ", requireUnfiltered()) + ". (An option binlog-do-db=a,b means one database"
                        + " of that name, not two; init_connect may switch sql_log_bin off)");
            }
        });
    }

    private void mark(Mysql session) throws SQLException {
        session.execute("CREATE TABLE " + marker() + " (framework VARCHAR(100) NOT NULL PRIMARY KEY,"
                + " version INT NOT NULL, made_by VARCHAR(300) NOT NULL, made_at DATETIME(6) NOT NULL)"
                + " ENGINE=InnoDB DEFAULT CHARSET=utf8mb4");
        session.execute("INSERT INTO " + marker() + " VALUES ('" + FRAMEWORK + "', " + VERSION
                + ", CURRENT_USER(), UTC_TIMESTAMP(6))");
    }

    /** ABSENT or OURS. */
    private State state(Node node, Mysql session) throws SQLException {
        State state = lookUp(session);
        if (state == State.FOREIGN) {
            throw foreign(node);
        }
        return state;
    }

    private State lookUp(Mysql session) throws SQLException {
        if (!isThere(session)) {
            return State.ABSENT;
        }
        String columns = "SELECT COUNT(*) FROM information_schema.COLUMNS WHERE TABLE_SCHEMA = ? AND TABLE_NAME = ?"
                + " AND COLUMN_NAME IN ('framework', 'version')";
        boolean marked = session.number(columns, name, MARKER) == 2
                && session.number("SELECT COUNT(*) FROM " + marker() + " WHERE framework = ?", FRAMEWORK) == 1;
        return marked ? State.OURS : State.FOREIGN;
    }

    private boolean isThere(Mysql session) throws SQLException {
        return session.number("SELECT COUNT(*) FROM information_schema.SCHEMATA WHERE SCHEMA_NAME = ?", name) != 0;
    }

    private TopologyException foreign(Node node) {
        return new TopologyException(node + ": the database " + name + " exists and was not made by this framework"
                + " (it lacks the mark, a row in the table " + MARKER + "), so nothing was written."
                + " Choose another name with data.database, or drop the database yourself.");
    }

    private String marker() {
        return quotedName() + "." + MARKER;
    }

    private void run(Node node, String what, Mysql.Work work) {
        Mysql.run(node, what + " database " + name, work);
    }

    private <T> T ask(Node node, String what, Mysql.Question<T> question) {
        return Mysql.ask(node, what + " database " + name, question);
    }
}
