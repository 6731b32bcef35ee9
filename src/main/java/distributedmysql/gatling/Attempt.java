package distributedmysql.gatling;

import distributedmysql.history.Completion;
import distributedmysql.load.HeldConnection;
import distributedmysql.load.NodePool;
import distributedmysql.load.SqlFailure;
import distributedmysql.mysql.CapWaits;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * How a statement on a pooled connection went; times of {@link System#nanoTime()}, without the wait for the
 * connection and for {@code external.max-rate}.
 *
 * @param value null if it failed
 * @param failure null if it succeeded
 */
public record Attempt<T>(T value, long start, long end, SqlFailure failure) {
    /** A statement on a connection. */
    @FunctionalInterface
    public interface Work<T> {
        T on(Connection connection) throws SQLException;
    }

    /**
     * A read is ended after {@code connection.statement-timeout}.
     *
     * @param requests how many statements it sends
     */
    public static <T> Attempt<T> read(NodePool pool, int requests, Work<T> read) {
        return of(pool, requests, held -> held.within(pool.statementMillis(), () -> read.on(held.jdbc())));
    }

    /** @param write sends one statement */
    public static <T> Attempt<T> write(NodePool pool, Work<T> write) {
        return of(pool, 1, held -> write.on(held.jdbc()));
    }

    private interface Use<T> {
        T of(HeldConnection connection) throws SQLException;
    }

    private static <T> Attempt<T> of(NodePool pool, int requests, Use<T> use) {
        long start = System.nanoTime();
        CapWaits cap = pool.waits();
        try (HeldConnection connection = pool.take()) {
            cap.reserve(requests);
            start = System.nanoTime();
            try {
                T value = use.of(connection);
                return new Attempt<>(value, start, System.nanoTime(), null);
            } catch (SQLException e) {
                return new Attempt<>(null, start, System.nanoTime(), SqlFailure.whileExecuting(e));
            }
        } catch (SQLException e) {
            return new Attempt<>(null, start, System.nanoTime(), SqlFailure.whileConnecting(e));
        } finally {
            cap.release();
        }
    }

    public Completion ending() {
        return failure == null ? Completion.OK : new Completion(failure.outcome(), failure.sqlState(), failure.code());
    }
}
