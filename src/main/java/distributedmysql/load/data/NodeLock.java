package distributedmysql.load.data;

import distributedmysql.mysql.Mysql;
import distributedmysql.mysql.Node;
import distributedmysql.mysql.TopologyException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Locale;

/**
 * The lock of one run on one server, on a connection of its own: {@code GET_LOCK}, which needs no privilege, writes
 * nothing, is not replicated, works on a server that is read-only, and ends with its session, however that ends. Used by
 * one thread at a time.
 *
 * <p>Who holds it is in a user variable of the session, which others see in {@code
 * performance_schema.user_variables_by_thread} with no more than SELECT on {@code performance_schema}. Not in connection
 * attributes: {@code performance_schema_session_connect_attrs_size} cuts them, and proxies have their own.
 */
final class NodeLock implements AutoCloseable {
    /** Most characters of a lock's name (MySQL manual, "Locking Functions"). */
    private static final int LONGEST_NAME = 64;

    private static final String PREFIX = "distributed_mysql_test:";
    private static final String VARIABLE = "distributed_mysql_test_run";

    /** Of a client that is gone without a word: after so many seconds the server ends the session, and the lock with it. */
    private static final int WAIT_TIMEOUT_SECONDS = 60;

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final String HOLDER = "SELECT t.PROCESSLIST_ID, t.PROCESSLIST_USER, t.PROCESSLIST_HOST,"
            + " v.VARIABLE_VALUE FROM performance_schema.threads t"
            + " LEFT JOIN performance_schema.user_variables_by_thread v"
            + " ON v.THREAD_ID = t.THREAD_ID AND v.VARIABLE_NAME = ? WHERE t.PROCESSLIST_ID = ?";

    private final Node node;
    private final String name;
    private final String run;
    private Mysql session;

    /**
     * @param database the lock's name follows from it
     * @param run who takes it, for whoever finds it taken
     */
    NodeLock(Node node, String database, String run) {
        this.node = node;
        this.name = lockName(database);
        this.run = run;
    }

    /** A server folds the case of lock names, and perhaps that of databases. */
    static String lockName(String database) {
        String folded = database.toLowerCase(Locale.ROOT);
        if (PREFIX.length() + folded.length() <= LONGEST_NAME) {
            return PREFIX + folded;
        }
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(folded.getBytes(StandardCharsets.UTF_8));
            return PREFIX + HexFormat.of().formatHex(hash, 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    Node node() {
        return node;
    }

    String name() {
        return name;
    }

    /**
     * @return empty if it is ours now, otherwise who holds it and since when
     * @throws SQLException if the server cannot be asked
     * @throws TopologyException if a proxy does not keep the session's lock
     */
    String take() throws SQLException {
        close();
        Mysql opened = Mysql.open(node, PATIENCE);
        boolean taken = false;
        try {
            opened.execute("SET SESSION wait_timeout = " + WAIT_TIMEOUT_SECONDS);
            // First: whoever finds the lock taken finds the name.
            opened.execute("SET @" + VARIABLE + " = ?", run);
            taken = opened.number("SELECT GET_LOCK(?, 0)", name) == 1;
            if (!taken) {
                return holder(opened);
            }
            taken = isHeldBy(opened);
            if (!taken) {
                throw new TopologyException(
                        node + ": gave the lock " + name + " and lost it at once: something between"
                                + " here and the server does not keep a session on one connection; give the server's own address");
            }
            session = opened;
            return "";
        } finally {
            if (!taken) {
                opened.close();
            }
        }
    }

    /**
     * Keeps the session alive, too.
     *
     * @throws SQLException if the connection is broken
     */
    boolean isHeld() throws SQLException {
        return session != null && isHeldBy(session);
    }

    /** Not a SELECT: as one, it would be counted with the load's where both are of one account. */
    private boolean isHeldBy(Mysql open) throws SQLException {
        return !open.texts("SHOW DATABASES WHERE IS_USED_LOCK(?) = CONNECTION_ID()", name)
                .isEmpty();
    }

    private String holder(Mysql asking) throws SQLException {
        String id = asking.text("SELECT IS_USED_LOCK(?)", name);
        if (id.isEmpty()) {
            return "another run, which has given it up since";
        }
        try {
            return asking.rows(HOLDER, row -> holder(id, row), VARIABLE, Long.parseLong(id)).stream()
                    .findFirst()
                    .orElse("connection " + id + " (performance_schema tells no more of it)");
        } catch (SQLException e) {
            return "connection " + id + " (" + TopologyException.reason(e) + ")";
        }
    }

    private static String holder(String id, ResultSet row) throws SQLException {
        String who = row.getString(4) == null ? "somebody who does not say more" : row.getString(4);
        return who + " (connection " + id + " of " + row.getString(2) + " from " + row.getString(3) + ")";
    }

    /** Gives it up, if it is ours. */
    @Override
    public void close() {
        if (session != null) {
            session.close();
            session = null;
        }
    }
}
