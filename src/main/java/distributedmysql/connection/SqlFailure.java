package distributedmysql.connection;

import distributedmysql.history.Outcome;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.sql.SQLTransientConnectionException;

/**
 * What an SQL error means, by SQLState and vendor code, never by message text.
 *
 * @param sqlState the standard's five characters; {@code -----} where the driver gives none
 * @param code the vendor code (MySQL error number); 0 where the error did not come from the server
 * @param outcome {@code FAIL} if the statement was certainly not applied, else {@code UNKNOWN}
 */
public record SqlFailure(String sqlState, int code, Outcome outcome, String message) {
    /** Waiting for a pooled connection took longer than {@code connection.pool-timeout}; nothing was sent. */
    public static final String POOL_TIMEOUT = "POOL";

    private static final String NO_STATE = "-----";

    /** The connection was never had: nothing was sent. */
    public static SqlFailure whileConnecting(SQLException e) {
        // HikariCP wraps the reason for which it could not open a connection in its own time-out.
        if (e instanceof SQLTransientConnectionException && e.getCause() instanceof SQLException cause) {
            return new SqlFailure(state(cause), cause.getErrorCode(), Outcome.FAIL, cause.getMessage());
        }
        boolean timedOut = e instanceof SQLTransientConnectionException && e.getErrorCode() == 0;
        return new SqlFailure(timedOut ? POOL_TIMEOUT : state(e), e.getErrorCode(), Outcome.FAIL, e.getMessage());
    }

    /** A statement was sent, or might have been. */
    public static SqlFailure whileExecuting(SQLException e) {
        String state = state(e);
        // Class 08: connection exception (SQL:2016, 24.1). A statement timeout cancels with KILL QUERY, which can come
        // too late; a statement that MySQL itself interrupted (1317) or timed out (3024) was rolled back.
        boolean broken = state.startsWith("08") || state.equals(NO_STATE) || e.getErrorCode() == 1053;
        boolean unsure = broken || (e instanceof SQLTimeoutException && e.getErrorCode() == 0);
        return new SqlFailure(state, e.getErrorCode(), unsure ? Outcome.UNKNOWN : Outcome.FAIL, e.getMessage());
    }

    private static String state(SQLException e) {
        return e.getSQLState() == null ? NO_STATE : e.getSQLState();
    }
}
