package distributedmysql.history;

import java.util.Objects;

/**
 * How an operation ended.
 *
 * @param sqlState the SQLState; empty where there was no error
 * @param code the vendor code (MySQL error number); 0 where the error did not come from the server
 */
public record Completion(Outcome outcome, String sqlState, int code) {
    /** The state of what had no connection in time because of {@code external.max-rate}: it was not sent. */
    public static final String RATE_CAP = "CAP";

    /** The SQLState of a request that had no connection in time. */
    public static final String POOL_TIMEOUT = "POOL";

    /** Acknowledged, or answered. */
    public static final Completion OK = new Completion(Outcome.OK, "", 0);

    /** @throws IllegalArgumentException if an operation that was acknowledged has an error */
    public Completion {
        Objects.requireNonNull(outcome, "outcome");
        Objects.requireNonNull(sqlState, "sqlState");
        if (outcome == Outcome.OK && !(sqlState.isEmpty() && code == 0)) {
            throw new IllegalArgumentException("OK with an error: " + sqlState + ", " + code);
        }
    }

    public boolean isOk() {
        return outcome == Outcome.OK;
    }
}
