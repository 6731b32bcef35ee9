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

    /** The server answered, but not what a check of the scenario expects. */
    public static final String CHECK = "CHECK";

    /** A statement took longer than it may; the server was told to end it, and did. */
    public static final String TIMEOUT = "TIMEOUT";

    private static final String NO_STATE = "-----";
    private static final int SERVER_SHUTDOWN = 1053;

    public static SqlFailure poolTimeout() {
        return new SqlFailure(POOL_TIMEOUT, 0, Outcome.FAIL, "no connection within connection.pool-timeout");
    }

    public static SqlFailure check(String message) {
        return new SqlFailure(CHECK, 0, Outcome.OK, message);
    }

    /** The connection was never had: nothing was sent. */
    public static SqlFailure whileConnecting(SQLException e) {
        // HikariCP wraps the reason for which it could not open a connection in its own time-out.
        if (e instanceof SQLTransientConnectionException && e.getCause() instanceof SQLException cause) {
            return new SqlFailure(state(cause), cause.getErrorCode(), Outcome.FAIL, cause.getMessage());
        }
        if (e instanceof SQLTransientConnectionException && e.getSQLState() == null) {
            return poolTimeout();
        }
        return new SqlFailure(state(e), e.getErrorCode(), Outcome.FAIL, e.getMessage());
    }

    /** A statement was sent, or might have been. */
    public static SqlFailure whileExecuting(SQLException e) {
        if (e instanceof SQLTimeoutException && e.getErrorCode() > 0) {
            return new SqlFailure(TIMEOUT, e.getErrorCode(), Outcome.FAIL, e.getMessage());
        }
        String state = state(e);
        // Class 08: connection exception (SQL:2016, 24.1); 1053: the server is shutting down. What the server itself
        // ended for taking too long (3024, 1205, 1317) it also rolled back.
        boolean broken = state.startsWith("08") || state.equals(NO_STATE) || e.getErrorCode() == SERVER_SHUTDOWN;
        return new SqlFailure(state, e.getErrorCode(), broken ? Outcome.UNKNOWN : Outcome.FAIL, e.getMessage());
    }

    public SqlFailure with(Outcome other) {
        return new SqlFailure(sqlState, code, other, message);
    }

    /** What errors are counted by, for instance {@code 40001/1213}. */
    public String key() {
        return sqlState + "/" + code;
    }

    /** The key and the message's first line, without the values in it, so that equal failures read equal. */
    public String summary() {
        String first = message == null ? "" : message.lines().findFirst().orElse("");
        return key() + " " + first.replaceAll("'[^']*'", "'…'");
    }

    private static String state(SQLException e) {
        return e.getSQLState() == null ? NO_STATE : e.getSQLState();
    }
}
