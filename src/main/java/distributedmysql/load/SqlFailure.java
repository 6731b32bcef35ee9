package distributedmysql.load;

import distributedmysql.history.Completion;
import distributedmysql.history.Outcome;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.sql.SQLTransientConnectionException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What an SQL error means, by SQLState and vendor code, never by message text.
 *
 * @param sqlState the standard's five characters; {@code -----} where the driver gives none
 * @param code the vendor code (MySQL error number); 0 where the error did not come from the server
 * @param outcome {@code FAIL} if the statement was certainly not applied, else {@code UNKNOWN}
 */
public record SqlFailure(String sqlState, int code, Outcome outcome, String message) {
    /** Waiting for a pooled connection took longer than {@code connection.pool-timeout}; nothing was sent. */
    public static final String POOL_TIMEOUT = Completion.POOL_TIMEOUT;

    /** As {@link #POOL_TIMEOUT}, because of {@code external.max-rate}: it was this run's own cap that was waited for. */
    public static final String RATE_CAP = Completion.RATE_CAP;

    /** The server answered, but not what a check of the scenario expects. */
    public static final String CHECK = "CHECK";

    /** A statement took longer than it may, and the server was told to end it; without an error number it reported a success. */
    public static final String TIMEOUT = "TIMEOUT";

    /** The request could not be made, for instance because the user's session lacks an attribute; nothing was sent. */
    public static final String CRASH = "CRASH";

    /** Another action than ours failed, and its message is all that is known. */
    public static final String OTHER = "OTHER";

    /** What MySQL quotes in its messages; after these words it is a name, otherwise a value. */
    private static final Pattern QUOTED = Pattern.compile(
            "(\\b(?:table|column|field|key|index|database|view|user|procedure|function|variable) |@)?'[^']*'",
            Pattern.CASE_INSENSITIVE);

    private static final String NO_STATE = "-----";
    private static final int SERVER_SHUTDOWN = 1053;

    public static SqlFailure poolTimeout() {
        return new SqlFailure(POOL_TIMEOUT, 0, Outcome.FAIL, "no connection within connection.pool-timeout");
    }

    /** @param cap {@code external.max-rate = 200} or the like */
    public static SqlFailure rateCap(String cap) {
        return new SqlFailure(
                RATE_CAP,
                0,
                Outcome.FAIL,
                "no connection within connection.pool-timeout, because requests waited for " + cap);
    }

    public static SqlFailure check(String message) {
        return new SqlFailure(CHECK, 0, Outcome.OK, message);
    }

    public static SqlFailure crash(String message) {
        return new SqlFailure(CRASH, 0, Outcome.FAIL, message);
    }

    public static SqlFailure other(String message) {
        return new SqlFailure(OTHER, 0, Outcome.UNKNOWN, message);
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
        if (e instanceof SQLTimeoutException) {
            Outcome outcome = e.getErrorCode() > 0 ? Outcome.FAIL : Outcome.UNKNOWN;
            return new SqlFailure(TIMEOUT, e.getErrorCode(), outcome, e.getMessage());
        }
        String state = state(e);
        // Class 08: connection exception (SQL:2016, 24.1); 1053: the server is shutting down. What the server itself
        // ended for taking too long (3024, 1205, 1317) it also rolled back.
        boolean broken = state.startsWith("08") || state.equals(NO_STATE) || e.getErrorCode() == SERVER_SHUTDOWN;
        return new SqlFailure(state, e.getErrorCode(), broken ? Outcome.UNKNOWN : Outcome.FAIL, e.getMessage());
    }

    /** What {@link #whileConnecting} makes this failure of. */
    SQLException asException(SQLException cause) {
        return new SQLException(message, sqlState, code, cause);
    }

    /** Whether nothing is known but that there was no connection in time. */
    public boolean isPoolTimeout() {
        return sqlState.equals(POOL_TIMEOUT);
    }

    public SqlFailure with(Outcome other) {
        return new SqlFailure(sqlState, code, other, message);
    }

    /** What errors are counted by, for instance {@code 40001/1213}. */
    public String key() {
        return sqlState + "/" + code;
    }

    /** Of the message, as it came; empty if there is none. */
    public String firstLine() {
        return message == null ? "" : message.lines().findFirst().orElse("");
    }

    /**
     * The key and the message's first line without the values in it, so that equal failures read equal. Names of tables,
     * columns and keys are kept: they are what is wrong.
     */
    public String summary() {
        return key() + " "
                + QUOTED.matcher(firstLine())
                        .replaceAll(
                                quoted -> quoted.group(1) == null ? "'…'" : Matcher.quoteReplacement(quoted.group()));
    }

    private static String state(SQLException e) {
        return e.getSQLState() == null ? NO_STATE : e.getSQLState();
    }
}
