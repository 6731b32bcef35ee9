package distributedmysql.experiment.consistency.judge;

import distributedmysql.history.Read;

/** What a read is worth that was planned after an acknowledged write of the same key. */
enum Freshness {
    /** It showed that write, or a later one. */
    FRESH,
    /** It showed an earlier one. */
    STALE,
    /** There was no row. */
    MISSING,
    /** The row's MD5 was not that of its content. */
    CORRUPT,
    /** Waiting for the GTID timed out: nothing is known of what the strategy would have shown. */
    TIMEOUT,
    /** No answer came. */
    FAILED;

    /** Whether an answer came under the strategy that was asked for. */
    boolean isSample() {
        return this != TIMEOUT && this != FAILED;
    }

    static Freshness of(Read read) {
        // A damaged row is damage whatever was waited for before.
        if (read.ending().isOk() && !read.answer().intact()) {
            return CORRUPT;
        }
        if (read.gtidWait().timedOut()) {
            return TIMEOUT;
        }
        if (!read.ending().isOk()) {
            return FAILED;
        }
        if (read.answer().version() == 0) {
            return MISSING;
        }
        return read.answer().version() < read.after().version() ? STALE : FRESH;
    }
}
