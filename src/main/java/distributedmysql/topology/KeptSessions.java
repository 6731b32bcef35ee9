package distributedmysql.topology;

import distributedmysql.mysql.Mysql;
import distributedmysql.mysql.Node;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A session to each of several servers that are asked again and again: opened when it is needed, and opened anew after an
 * error. Thread-safe, as long as no server is asked by two threads at once.
 */
public final class KeptSessions implements AutoCloseable {
    private final Duration patience;
    private final Map<Node, Mysql> sessions = new ConcurrentHashMap<>();
    private volatile boolean closed;

    /** @param patience for connecting and for each answer */
    public KeptSessions(Duration patience) {
        this.patience = patience;
    }

    /** @throws SQLException as it came from the server or the driver; the session is then given up */
    public <T> T ask(Node node, Mysql.Question<T> question) throws SQLException {
        try {
            Mysql session = sessions.get(node);
            if (session == null) {
                session = Mysql.open(node, patience);
                sessions.put(node, session);
            }
            if (closed) {
                throw new SQLException(node + ": is not asked any more");
            }
            return question.in(session);
        } catch (SQLException e) {
            abort(sessions.remove(node));
            throw e;
        }
    }

    /** Also ends a question that is being asked: closing would wait for its answer. */
    @Override
    public void close() {
        closed = true;
        sessions.values().forEach(KeptSessions::abort);
    }

    private static void abort(Mysql session) {
        if (session != null) {
            session.abort();
        }
    }
}
