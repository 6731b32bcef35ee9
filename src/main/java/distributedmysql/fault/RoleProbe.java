package distributedmysql.fault;

import distributedmysql.topology.Node;
import distributedmysql.topology.TopologyException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;

/**
 * Asks one server, as often as one likes, whether it takes writes. It has one connection, which it keeps: a new one for
 * each question would be load of its own, on servers that are the user's. One that breaks is replaced at once; when that
 * fails, after a pause. Thread-safe.
 */
final class RoleProbe implements AutoCloseable {
    private static final Duration PAUSE = Duration.ofMillis(100);

    private final Node node;
    private final Map<String, String> impatient;
    private Connection connection;
    /** Why it could not be asked last; null if it could. */
    private TopologyException failure;

    private long failedNanos;

    /** @param timeout of connecting, and of each answer */
    RoleProbe(Node node, Duration timeout) {
        this.node = node;
        String millis = Long.toString(timeout.toMillis());
        this.impatient = Map.of("connectTimeout", millis, "socketTimeout", millis);
    }

    /** @throws TopologyException if it does not answer, or its address leads to another server */
    synchronized boolean takesWrites() {
        if (connection != null) {
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
            connection = node.connect(impatient);
            ServerSql.requireItself(node, connection);
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
        return ServerSql.texts(connection, "SELECT @@global.read_only").contains("0");
    }

    private TopologyException failed(TopologyException e) {
        close();
        failure = e;
        failedNanos = System.nanoTime();
        return e;
    }

    @Override
    public synchronized void close() {
        if (connection == null) {
            return;
        }
        try {
            connection.close();
        } catch (SQLException e) {
            // Broken: that is why it is closed, or it no longer matters.
        }
        connection = null;
    }
}
