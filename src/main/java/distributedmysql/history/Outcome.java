package distributedmysql.history;

/**
 * How an operation ended, as far as the client can tell (Jepsen's ok, fail and info).
 */
public enum Outcome {
    /** Acknowledged. */
    OK,
    /** Certainly not applied. */
    FAIL,
    /** The connection broke or timed out after the statement was sent: it may have been applied or not. */
    UNKNOWN
}
