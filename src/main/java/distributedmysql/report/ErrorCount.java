package distributedmysql.report;

import com.fasterxml.jackson.annotation.JsonIgnore;
import distributedmysql.connection.SqlFailure;

/**
 * Failed requests with one SQLState and vendor code.
 *
 * @param sqlState five characters, or one of {@link SqlFailure}'s words where there is none
 * @param code the MySQL error number; 0 where the error did not come from the server
 * @param message the first one seen, on one line and shortened
 */
public record ErrorCount(String sqlState, int code, long count, String message) {
    private static final int LONGEST_MESSAGE = 200;

    public ErrorCount {
        message = Texts.shortened(message == null ? "" : message, LONGEST_MESSAGE);
    }

    /** Whether they had no connection in time because of {@code external.max-rate}. */
    @JsonIgnore
    public boolean isOfCap() {
        return sqlState.equals(SqlFailure.RATE_CAP);
    }
}
