package distributedmysql.monitor;

import distributedmysql.topology.Node;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.Supplier;

/**
 * A connection of a sampler's own, opened when it is needed and opened anew after every error. Used by one thread,
 * except {@link #close()}.
 */
final class NodeConnection implements AutoCloseable {
    /** A silent server is given up after this, so that a frozen one does not blind the sampler for long. */
    private static final int TIMEOUT_MILLIS = 2_000;

    interface Use<T> {
        T on(Connection connection) throws SQLException;
    }

    private final Supplier<Node> wanted;
    private volatile Connection connection;
    private volatile boolean closed;
    private Node connected;

    /** @param wanted asked before each use: where it changes, the connection follows */
    NodeConnection(Supplier<Node> wanted) {
        this.wanted = wanted;
    }

    /** @throws SQLException as it came from the server or the driver; the connection is then given up */
    <T> T use(Use<T> use) throws SQLException {
        try {
            return use.on(current());
        } catch (SQLException e) {
            discard();
            throw e;
        }
    }

    private Connection current() throws SQLException {
        Node node = wanted.get();
        if (connection != null && !node.equals(connected)) {
            discard();
        }
        if (connection == null) {
            Connection opened = node.connectForSampling();
            connection = opened;
            connected = node;
            opened.setNetworkTimeout(Runnable::run, TIMEOUT_MILLIS);
        }
        if (closed) {
            discard();
            throw new SQLException("the sampler has been closed");
        }
        return connection;
    }

    private void discard() {
        Connection given = connection;
        connection = null;
        abort(given);
    }

    /** Also ends a statement in progress: aborting closes the socket, where closing would wait for the answer. */
    @Override
    public void close() {
        closed = true;
        abort(connection);
    }

    private static void abort(Connection connection) {
        if (connection == null) {
            return;
        }
        try {
            connection.abort(Runnable::run);
        } catch (SQLException e) {
            // Already closed or broken: there is nothing left to end.
        }
    }
}
