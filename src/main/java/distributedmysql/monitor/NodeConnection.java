package distributedmysql.monitor;

import distributedmysql.mysql.Mysql;
import distributedmysql.mysql.Node;
import java.sql.SQLException;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * A session of a sampler's own, opened when it is needed and opened anew after every error. Used by one thread,
 * except {@link #close()}.
 */
public final class NodeConnection implements AutoCloseable {
    /** A silent server is given up after this, so that a frozen one does not blind the sampler for long. */
    private static final Duration ANSWER = Duration.ofSeconds(2);

    private final Supplier<Node> wanted;
    private volatile Mysql session;
    private volatile boolean closed;
    private Node connected;

    /** @param wanted asked before each use: where it changes, the connection follows */
    public NodeConnection(Supplier<Node> wanted) {
        this.wanted = wanted;
    }

    /** @throws SQLException as it came from the server or the driver; the connection is then given up */
    public <T> T use(Mysql.Question<T> use) throws SQLException {
        try {
            return use.in(current());
        } catch (SQLException e) {
            discard();
            throw e;
        }
    }

    private Mysql current() throws SQLException {
        Node node = wanted.get();
        if (session != null && !node.equals(connected)) {
            discard();
        }
        if (session == null) {
            Mysql opened = Mysql.openForSampling(node);
            session = opened;
            connected = node;
            opened.answerWithin(ANSWER);
        }
        if (closed) {
            discard();
            throw new SQLException("the sampler has been closed");
        }
        return session;
    }

    private void discard() {
        Mysql given = session;
        session = null;
        abort(given);
    }

    /** Also ends a statement in progress: aborting closes the socket, where closing would wait for the answer. */
    @Override
    public void close() {
        closed = true;
        abort(session);
    }

    private static void abort(Mysql session) {
        if (session != null) {
            session.abort();
        }
    }
}
