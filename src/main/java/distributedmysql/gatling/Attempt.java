package distributedmysql.gatling;

import distributedmysql.connection.HeldConnection;
import distributedmysql.connection.NodePool;
import distributedmysql.connection.SqlFailure;
import distributedmysql.history.Ending;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * How a statement on a pooled connection went; times of {@link System#nanoTime()}, without the wait for the connection.
 *
 * @param value null if it failed
 * @param failure null if it succeeded
 */
record Attempt<T>(T value, long start, long end, SqlFailure failure) {
    /** A statement on a connection. */
    @FunctionalInterface
    interface Work<T> {
        T on(Connection connection) throws SQLException;
    }

    static <T> Attempt<T> of(NodePool pool, Work<T> statement) {
        long start = System.nanoTime();
        try (HeldConnection connection = pool.take()) {
            start = System.nanoTime();
            try {
                T value = statement.on(connection.jdbc());
                return new Attempt<>(value, start, System.nanoTime(), null);
            } catch (SQLException e) {
                return new Attempt<>(null, start, System.nanoTime(), SqlFailure.whileExecuting(e));
            }
        } catch (SQLException e) {
            return new Attempt<>(null, start, System.nanoTime(), SqlFailure.whileConnecting(e));
        }
    }

    Ending ending() {
        return failure == null ? Ending.OK : new Ending(failure.outcome(), failure.sqlState(), failure.code());
    }
}
