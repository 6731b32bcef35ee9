package distributedmysql.gatling;

import distributedmysql.history.Completion;
import distributedmysql.load.HeldConnection;
import distributedmysql.load.NodePool;
import distributedmysql.load.SqlFailure;
import distributedmysql.mysql.CapWaits;
import distributedmysql.mysql.Node;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * How a statement on a pooled connection went; times of {@link System#nanoTime()}, without the wait for the
 * connection and for {@code external.max-rate}.
 *
 * @param value null if it failed
 * @param node the server at the other end; where there was no connection, the one that was to be expected there
 * @param failure null if it succeeded
 */
public record Attempt<T>(T value, Node node, long start, long end, SqlFailure failure) {
    /** A statement on a connection. */
    @FunctionalInterface
    public interface Work<T> {
        T on(Connection connection) throws SQLException;
    }

    /** A write on a connection to a server that is known. */
    @FunctionalInterface
    public interface WorkOn<T> {
        T on(Connection connection, Node node) throws SQLException;
    }

    /**
     * A read is ended after {@code connection.statement-timeout}.
     *
     * @param requests how many statements it sends
     */
    public static <T> Attempt<T> read(NodePool pool, int requests, Work<T> read) {
        return of(pool, requests, false, held -> held.within(pool.statementMillis(), () -> read.on(held.jdbc())));
    }

    /** @param write sends one statement */
    public static <T> Attempt<T> write(NodePool pool, WorkOn<T> write) {
        return of(pool, 1, true, held -> write.on(held.jdbc(), held.node()));
    }

    private interface Use<T> {
        T of(HeldConnection connection) throws SQLException;
    }

    private static <T> Attempt<T> of(NodePool pool, int requests, boolean write, Use<T> use) {
        long start = System.nanoTime();
        CapWaits cap = pool.waits();
        try (HeldConnection connection = pool.take()) {
            cap.reserve(requests);
            Attempt<T> attempt = on(connection, use);
            pool.answered(connection, attempt.start, attempt.end, write, attempt.failure);
            return attempt;
        } catch (SQLException e) {
            return new Attempt<>(null, pool.node(), start, System.nanoTime(), SqlFailure.whileConnecting(e));
        } finally {
            cap.release();
        }
    }

    private static <T> Attempt<T> on(HeldConnection connection, Use<T> use) {
        long start = System.nanoTime();
        try {
            T value = use.of(connection);
            return new Attempt<>(value, connection.node(), start, System.nanoTime(), null);
        } catch (SQLException e) {
            SqlFailure failure = SqlFailure.whileExecuting(e);
            return new Attempt<>(null, connection.node(), start, System.nanoTime(), failure);
        }
    }

    public Completion ending() {
        return failure == null ? Completion.OK : new Completion(failure.outcome(), failure.sqlState(), failure.code());
    }
}
