package distributedmysql.connection;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;

/**
 * A pooled connection, for one request or for many, whose statements stay prepared until it is given back. Used by one
 * thread at a time.
 */
public final class HeldConnection implements AutoCloseable {
    private final Connection connection;
    private final Map<String, PreparedStatement> statements = new HashMap<>();
    private final Runnable givenBack;
    private boolean autoCommit = true;
    private boolean closed;

    /** @param givenBack run once, when it is closed */
    HeldConnection(Connection connection, Runnable givenBack) {
        this.connection = connection;
        this.givenBack = givenBack;
    }

    /** For statements that are not to be kept; it must not be closed. */
    public Connection jdbc() {
        return connection;
    }

    /** The statement of this text, prepared at its first use; it must not be closed. */
    public PreparedStatement statement(String text) throws SQLException {
        PreparedStatement statement = statements.get(text);
        if (statement == null) {
            statement = connection.prepareStatement(text);
            statements.put(text, statement);
        }
        return statement;
    }

    /** Asks the server only if it changes anything. */
    public void setAutoCommit(boolean on) throws SQLException {
        if (autoCommit != on) {
            connection.setAutoCommit(on);
            autoCommit = on;
        }
    }

    public void commit() throws SQLException {
        connection.commit();
    }

    public void rollback() throws SQLException {
        connection.rollback();
    }

    /** Gives it back: the pool closes the statements, and turns auto-commit on again. */
    @Override
    public void close() throws SQLException {
        // Not connection.isClosed(): that is true of a broken one too.
        if (closed) {
            return;
        }
        closed = true;
        try {
            connection.close();
        } finally {
            givenBack.run();
        }
    }
}
