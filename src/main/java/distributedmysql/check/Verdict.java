package distributedmysql.check;

/** What a check concludes. Both {@code INVALID} and {@code UNKNOWN} fail the run. */
public enum Verdict {
    VALID,
    INVALID,
    /** Not enough evidence to say. */
    UNKNOWN
}
