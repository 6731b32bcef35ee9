package distributedmysql.history;

import java.util.Objects;
import java.util.regex.Pattern;

/**
 * One write of a uniquely numbered row. Times are microseconds on the run's clock.
 *
 * @param id from 0 to {@link Integer#MAX_VALUE} - 1; each id is written once and never retried
 * @param completeMicros after the answer, or after the client gave up
 * @param server the {@code server_uuid} of the server that acknowledged it; empty unless it was acknowledged
 * @param gtid of the transaction, if it was acknowledged and the server told; otherwise empty
 */
public record LedgerWrite(
        long id, long invokeMicros, long completeMicros, Completion ending, String server, String gtid) {
    private static final Pattern GTID = Pattern.compile("\\S+:[1-9][0-9]{0,18}");

    /** A write whose server has told no GTID. */
    public LedgerWrite(long id, long invokeMicros, long completeMicros, Completion ending, String server) {
        this(id, invokeMicros, completeMicros, ending, server, "");
    }

    /** @throws IllegalArgumentException if the id or the times cannot be, or server or GTID do not fit the outcome */
    public LedgerWrite {
        Objects.requireNonNull(ending, "ending");
        if (id < 0 || id >= Integer.MAX_VALUE) {
            throw new IllegalArgumentException("write id " + id);
        }
        if (invokeMicros < 0 || completeMicros < invokeMicros) {
            throw new IllegalArgumentException(
                    "write " + id + ": invoked at " + invokeMicros + " µs, completed at " + completeMicros + " µs");
        }
        if (ending.isOk() == server.isEmpty()) {
            throw new IllegalArgumentException("write " + id + ": " + ending + " by server '" + server + "'");
        }
        if (!gtid.isEmpty() && (!ending.isOk() || !GTID.matcher(gtid).matches())) {
            throw new IllegalArgumentException("write " + id + ": " + ending + " with GTID '" + gtid + "'");
        }
    }
}
