package distributedmysql.check;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Whether semi-synchronous replication ever fell back to asynchronous, which a primary does without a word to clients
 * when no replica acknowledges within the timeout.
 */
public final class SemiSyncFallback {
    private static final String NAME = "semi-sync fallback";

    private SemiSyncFallback() {}

    /**
     * {@code INVALID} if a primary was found asynchronous, or had a commit that no replica acknowledged between two
     * readings of it; {@code UNKNOWN} if no commit was acknowledged by a replica between two readings.
     *
     * @param readings in order of time; the first of each node is the reference for its counters
     */
    public static CheckResult check(List<SemiSyncReading> readings) {
        Map<String, SemiSyncReading> previous = new HashMap<>();
        long acknowledged = 0;
        for (SemiSyncReading reading : readings) {
            SemiSyncReading before = previous.put(reading.node(), reading);
            if (!reading.on()) {
                return CheckResult.invalid(
                        NAME,
                        at(reading) + "asynchronous, " + reading.clients() + " semi-synchronous"
                                + " replicas connected, " + reading.noTx() + " commits without acknowledgement");
            }
            // Counters that went back are of a server that was started anew.
            boolean restarted = before == null || before.noTx() > reading.noTx() || before.yesTx() > reading.yesTx();
            long unacknowledged = reading.noTx() - (restarted ? 0 : before.noTx());
            if (before != null && unacknowledged > 0) {
                return CheckResult.invalid(
                        NAME, at(reading) + unacknowledged + " commits that no replica acknowledged in time");
            }
            acknowledged += before == null ? 0 : reading.yesTx() - (restarted ? 0 : before.yesTx());
        }
        return acknowledged > 0
                ? CheckResult.valid(
                        NAME,
                        acknowledged + " commits were acknowledged by a replica and none was not, in " + readings.size()
                                + " readings")
                : CheckResult.unknown(
                        NAME, "no commit was acknowledged by a replica between " + readings.size() + " readings");
    }

    private static String at(SemiSyncReading reading) {
        return reading.node() + " at " + reading.micros() / 1_000 + " ms: ";
    }
}
