package distributedmysql.topology.replicator;

import distributedmysql.mysql.Mysql;
import distributedmysql.mysql.Node;
import distributedmysql.mysql.TopologyException;
import java.sql.SQLException;
import java.time.Duration;

/**
 * Asks one server, as often as one likes, whether it takes writes. It has one connection, which it keeps: a new one for
 * each question would be load of its own, on servers that are the user's. One that breaks is replaced at once; when that
 * fails, after a pause. Thread-safe.
 */
final class RoleProbe implements AutoCloseable {
    private static final Duration PAUSE = Duration.ofMillis(100);

    private final Node node;
    private final Duration timeout;
    private Mysql session;
    /** Why it could not be asked last; null if it could. */
    private TopologyException failure;

    private long failedNanos;

    /** @param timeout of connecting, and of each answer */
    RoleProbe(Node node, Duration timeout) {
        this.node = node;
        this.timeout = timeout;
    }

    /** @throws TopologyException if it does not answer, or its address leads to another server */
    synchronized boolean takesWrites() {
        if (session != null) {
            try {
                return ask();
            } catch (SQLException e) {
                close();
            }
        }
        if (failure != null && System.nanoTime() - failedNanos < PAUSE.toNanos()) {
            throw failure;
        }
        try {
            session = Mysql.open(node, timeout);
            session.requireItself(node);
            boolean takesWrites = ask();
            failure = null;
            return takesWrites;
        } catch (SQLException e) {
            throw failed(TopologyException.of(node + ": cannot be asked whether it takes writes", e));
        } catch (TopologyException e) {
            throw failed(e);
        }
    }

    private boolean ask() throws SQLException {
        return session.text("SELECT @@global.read_only").equals("0");
    }

    private TopologyException failed(TopologyException e) {
        close();
        failure = e;
        failedNanos = System.nanoTime();
        return e;
    }

    @Override
    public synchronized void close() {
        if (session != null) {
            session.close();
            session = null;
        }
    }
}
