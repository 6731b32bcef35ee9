package distributedmysql.monitor.table;

import distributedmysql.config.Plural;
import distributedmysql.mysql.Mysql;
import distributedmysql.mysql.Node;
import distributedmysql.mysql.TopologyException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A connection of its own to one server, on which every statement ends by the deadline, on the server
 * ({@code MAX_EXECUTION_TIME}) and, if that is silent, on the client. Not thread-safe.
 */
final class Session implements AutoCloseable {
    private static final int ER_QUERY_TIMEOUT = 3024;
    private static final int SILENCE_MILLIS = 5_000;
    private static final long LEAST_PACKET = 1 << 20;
    /** A replica that is not there by then is asked whether it will ever be. */
    private static final Duration PATIENCE = Duration.ofSeconds(1);
    /** For metadata: longer than a statement of others takes, unless it alters the table. */
    static final int LOCK_WAIT_SECONDS = 5;
    /** ER_WARN_ALLOWED_PACKET_OVERFLOWED, mostly a warning, with a JSON array of JSON an error. */
    private static final int TRUNCATED_TO_PACKET = 1301;
    /** And ER_CUT_VALUE_GROUP_CONCAT. Others than ours can be in the expression of a virtual column. */
    private static final Set<Integer> TRUNCATED = Set.of(TRUNCATED_TO_PACKET, 1260);

    /**
     * What is special here; the rest is that of every connection ({@code SessionSettings}), of which this package also
     * relies on REPEATABLE READ: gap locks, which keep an absent key absent, need it. Generated invisible primary keys
     * (from 8.0.30) are content too, though a server may be told to hide them. None needs a privilege.
     */
    private static final String SETTINGS = "SET SESSION sql_mode = 'ALLOW_INVALID_DATES', innodb_lock_wait_timeout = 1,"
            + " lock_wait_timeout = " + LOCK_WAIT_SECONDS
            // How many rows a table has is otherwise told as it was up to a day ago.
            + ", information_schema_stats_expiry = 0"
            + " /*!80030 , show_gipk_in_create_table_and_information_schema = ON */";

    private final Node node;
    private final TableDeadline deadline;
    private final Connection connection;
    private final AwaitedReplica awaited;
    private long keptWarnings;
    private Optional<String> limitHit = Optional.empty();

    interface RowMapper<T> {
        T map(ResultSet row) throws SQLException;
    }

    private Session(Node node, TableDeadline deadline, Connection connection, AwaitedReplica awaited) {
        this.node = node;
        this.deadline = deadline;
        this.connection = connection;
        this.awaited = awaited;
    }

    /**
     * To the primary.
     *
     * @throws IncompleteException if the server's settings make an exact comparison impossible
     */
    static Session open(Node node, TableDeadline deadline) throws SQLException, IncompleteException {
        return open(new AwaitedReplica(node, node), deadline);
    }

    /**
     * To a replica, for whose position one can wait.
     *
     * @throws IncompleteException if the server's settings make an exact comparison impossible
     */
    static Session open(AwaitedReplica replica, TableDeadline deadline) throws SQLException, IncompleteException {
        Session session = new Session(replica.node(), deadline, replica.node().connectForLoad(Map.of()), replica);
        try {
            session.execute(SETTINGS);
            session.requireSuitableServer();
            return session;
        } catch (SQLException | IncompleteException | RuntimeException e) {
            session.close();
            throw e;
        }
    }

    private void requireSuitableServer() throws SQLException, IncompleteException {
        String gtidMode = one("SELECT @@GLOBAL.gtid_mode", row -> row.getString(1));
        if (!gtidMode.equals("ON")) {
            throw new IncompleteException(
                    node + ": gtid_mode = " + gtidMode + ": must be ON, or positions are unknown");
        }
        // CONCAT gives NULL for what is longer than a packet; a row without its long columns is at most 64 KiB.
        long packet = one("SELECT @@max_allowed_packet", row -> row.getLong(1));
        if (packet < LEAST_PACKET) {
            throw new IncompleteException(
                    node + ": max_allowed_packet = " + packet + ": must be at least " + LEAST_PACKET);
        }
        keptWarnings = one("SELECT @@max_error_count", row -> row.getLong(1));
    }

    /** Which server this is, for people. */
    Node node() {
        return node;
    }

    AwaitedReplica awaited() {
        return awaited;
    }

    <T> List<T> select(String sql, RowMapper<T> mapper) throws SQLException, IncompleteException {
        return select(sql, deadline, mapper);
    }

    /**
     * @throws IncompleteException if {@code until} passed before the last row was there
     */
    <T> List<T> select(String sql, TableDeadline until, RowMapper<T> mapper) throws SQLException, IncompleteException {
        long millis = until.remainingMillis();
        if (millis < 1) {
            throw deadlinePassed(sql);
        }
        String hint = "SELECT /*+ MAX_EXECUTION_TIME(" + millis + ") */";
        List<T> result = new ArrayList<>();
        try (Statement statement = statement(millis);
                ResultSet rows = statement.executeQuery(sql.replaceFirst("SELECT", hint))) {
            while (rows.next()) {
                result.add(mapper.map(rows));
            }
            limitHit = limitHit(statement);
            return result;
        } catch (SQLException e) {
            if (e.getErrorCode() == TRUNCATED_TO_PACKET) {
                throw new IncompleteException(node + ": " + TopologyException.reason(e));
            }
            if (e.getErrorCode() == ER_QUERY_TIMEOUT) {
                throw deadlinePassed(sql);
            }
            throw e;
        }
    }

    /**
     * What the server says if a limit of it, such as {@code max_allowed_packet}, cut a value, or made it NULL, in the last
     * {@link #select} on this session; empty if none did. The values of that result are then not to be trusted.
     */
    Optional<String> limitHit() {
        return limitHit;
    }

    private Optional<String> limitHit(Statement statement) throws SQLException {
        long seen = 0;
        // Asks the server only if the result's last packet said that there are warnings.
        for (SQLWarning each = statement.getWarnings(); each != null; each = each.getNextWarning()) {
            if (TRUNCATED.contains(each.getErrorCode())) {
                return Optional.of(each.getMessage());
            }
            seen++;
        }
        return seen < keptWarnings ? Optional.empty() : unkeptWarnings(seen);
    }

    /** It counts all warnings, but keeps no more than {@code max_error_count}, which only some may set. */
    private Optional<String> unkeptWarnings(long seen) throws SQLException {
        try (Statement counting = connection.createStatement();
                ResultSet row = counting.executeQuery("SELECT @@warning_count")) {
            row.next();
            long count = row.getLong(1);
            return count > seen
                    ? Optional.of(
                            Plural.of(count, "warning") + ", of which max_error_count = " + keptWarnings + " are shown")
                    : Optional.empty();
        }
    }

    <T> T one(String sql, RowMapper<T> mapper) throws SQLException, IncompleteException {
        return select(sql, mapper).get(0);
    }

    void execute(String sql) throws SQLException, IncompleteException {
        long millis = deadline.remainingMillis();
        if (millis < 1) {
            throw deadlinePassed(sql);
        }
        try (Statement statement = statement(millis)) {
            statement.execute(sql);
        }
    }

    /** Ends a transaction or lets go of locks, even after the deadline. */
    void end(String sql) throws SQLException {
        try (Statement statement = statement(SILENCE_MILLIS)) {
            statement.execute(sql);
        }
    }

    /** Whether this replica had executed every transaction of the position that it can get before {@code until}. */
    boolean reached(GtidPosition position, TableDeadline until) throws SQLException, IncompleteException {
        if (position.set().isEmpty()) {
            return true;
        }
        // A time-out of 0 would wait for ever.
        long millis = Math.max(1, until.remainingMillis());
        String sql = String.format(
                Locale.ROOT,
                "SELECT WAIT_FOR_EXECUTED_GTID_SET(GTID_SUBTRACT('%s', '%s'), %.3f)",
                position.set(),
                awaited.neverGets(),
                millis / 1000.0);
        try (Statement statement = statement(millis);
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getInt(1) == 0;
        }
    }

    /**
     * @throws IncompleteException if this replica had not reached the position by the session's deadline, or will not
     */
    void awaitPosition(GtidPosition position) throws SQLException, IncompleteException {
        while (!reached(position, deadline.orIn(PATIENCE))) {
            if (deadline.passed()) {
                throw notReached(position);
            }
            awaited.look(Mysql.over(connection));
        }
    }

    private IncompleteException notReached(GtidPosition position) throws SQLException {
        awaited.gaveUp(Mysql.over(connection));
        try (Statement statement = statement(SILENCE_MILLIS);
                ResultSet rows = statement.executeQuery(
                        "SELECT GTID_SUBTRACT('" + position.set() + "', @@GLOBAL.gtid_executed)")) {
            rows.next();
            return new IncompleteException("deadline passed while waiting for " + node
                    + " to reach the primary's GTID position; it still lacks "
                    + rows.getString(1).replaceAll("\\s+", ""));
        }
    }

    private Statement statement(long millis) throws SQLException {
        // Runnable::run: the driver only sets the socket's time-out, there is nothing to do in the background.
        connection.setNetworkTimeout(Runnable::run, (int) Math.min(Integer.MAX_VALUE, millis + SILENCE_MILLIS));
        return connection.createStatement();
    }

    private IncompleteException deadlinePassed(String sql) {
        // What comes after it may hold a key.
        String head = sql.split(" WHERE ", 2)[0];
        String what = head.length() > 60 ? head.substring(0, 60) + "…" : head;
        return new IncompleteException("deadline passed on " + node + " in: " + what);
    }

    /** Ends the session; the server rolls back and lets go of every lock. */
    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            // The connection is broken: the server has ended, or will end, the session by itself.
        }
    }
}
