package distributedmysql.load;

import com.mysql.cj.MysqlConnection;
import distributedmysql.mysql.Mysql;
import distributedmysql.mysql.Node;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * A pooled connection, for one request or for many, whose statements stay prepared until it is given back. Used by one
 * thread at a time.
 */
public final class HeldConnection implements AutoCloseable {
    /** ER_QUERY_INTERRUPTED. */
    private static final int QUERY_INTERRUPTED = 1317;

    private final Connection connection;
    private final Node node;
    private final Map<String, PreparedStatement> statements = new HashMap<>();
    private final Consumer<HeldConnection> givenBack;
    private final RunningStatement running = new RunningStatement();
    private boolean autoCommit = true;
    private boolean closed;
    private long keptAt;

    /** @param givenBack run once, when it is closed */
    HeldConnection(Connection connection, Node node, Consumer<HeldConnection> givenBack) {
        this.connection = connection;
        this.node = node;
        this.givenBack = givenBack;
    }

    /** The server at its other end. */
    public Node node() {
        return node;
    }

    /** With auto-commit on, for statements that are not to be kept; it must not be closed. */
    public Connection jdbc() throws SQLException {
        setAutoCommit(true);
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

    /**
     * Does something that the server is told to end ({@code KILL QUERY}) if it takes longer than that, to some 20 ms. Not
     * for a commit, nor for a write unless its user asks for it: under semi-synchronous replication, what is killed while
     * it waits for the replica's acknowledgement is committed and reported as a success.
     *
     * @throws SQLTimeoutException if the server was told to end it. With the server's error number: it says that it has, and of
     *     a single statement nothing is applied then. With 0: it reported a success all the same, as {@code SELECT SLEEP(…)}
     *     does, which then has the result 1
     */
    public <T> T within(long limitMillis, Call<T> call) throws SQLException {
        running.begins(limitMillis);
        T result;
        try {
            result = call.make();
        } catch (SQLException e) {
            throw running.ends() && e.getErrorCode() == QUERY_INTERRUPTED
                    ? new SQLTimeoutException(tooLong(limitMillis), e.getSQLState(), QUERY_INTERRUPTED, e)
                    : e;
        } catch (RuntimeException | Error e) {
            running.ends();
            throw e;
        }
        if (running.ends()) {
            throw new SQLTimeoutException(tooLong(limitMillis) + "; told to end it, the server reported a success");
        }
        return result;
    }

    private static String tooLong(long limitMillis) {
        return "took longer than " + limitMillis + " ms";
    }

    /** What the connection is used for. */
    @FunctionalInterface
    public interface Call<T> {
        T make() throws SQLException;
    }

    /** See {@link RunningStatement#isOverdue}. */
    boolean isOverdue(long intervalMillis) {
        return running.isOverdue(intervalMillis);
    }

    /** @param session of another connection */
    void endStatement(Mysql session) throws SQLException {
        long id = connection.unwrap(MysqlConnection.class).getId();
        running.end(() -> session.execute("KILL QUERY " + id));
    }

    /** How many requests {@link #setAutoCommit} sends. */
    public int requestsToSetAutoCommit(boolean on) {
        return autoCommit == on ? 0 : 1;
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

    void kept() {
        keptAt = System.nanoTime();
    }

    /** When it was last {@link NodePool#keep kept}, by {@link System#nanoTime()}. */
    long keptAt() {
        return keptAt;
    }

    /** As {@link #close()}; a connection that is broken is of no use to the pool either. */
    void closeQuietly() {
        try {
            close();
        } catch (SQLException e) {
            // The pool has already dropped it.
        }
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
            givenBack.accept(this);
        }
    }
}
