package distributedmysql.experiment.failover;

import distributedmysql.check.CheckResult;
import distributedmysql.check.Verdict;
import distributedmysql.config.Plural;
import distributedmysql.config.ReplicationMode;
import distributedmysql.history.SemiSyncReading;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Whether semi-synchronous replication ever fell back to asynchronous, which a primary does without a word to clients
 * when no replica acknowledges within the timeout.
 */
public final class SemiSyncFallback {
    private static final String NAME = "semi-sync fallback: ";

    private SemiSyncFallback() {}

    /**
     * {@code INVALID} if a primary was found asynchronous, or had a commit that no replica acknowledged between two
     * readings of it; {@code UNKNOWN} if there was a round in which no commit was acknowledged by a replica between two
     * readings, or no round at all.
     *
     * @param rounds for each time in which semi-synchronous replication had to work, its readings in order of time; the
     *     first of each node is the reference for its counters
     */
    public static CheckResult check(ReplicationMode mode, List<List<SemiSyncReading>> rounds) {
        String name = name(mode);
        List<CheckResult> results =
                rounds.stream().map(readings -> check(name, readings)).toList();
        for (Verdict verdict : List.of(Verdict.INVALID, Verdict.UNKNOWN)) {
            for (CheckResult result : results) {
                if (result.verdict() == verdict) {
                    return result;
                }
            }
        }
        return results.isEmpty()
                ? CheckResult.unknown(name, "the semi-synchronous status was not read")
                : CheckResult.valid(
                        name, results.stream().map(CheckResult::evidence).collect(Collectors.joining("; ")));
    }

    public static String name(ReplicationMode mode) {
        return NAME + mode.label();
    }

    private static CheckResult check(String name, List<SemiSyncReading> readings) {
        Map<String, SemiSyncReading> previous = new HashMap<>();
        long acknowledged = 0;
        for (SemiSyncReading reading : readings) {
            SemiSyncReading before = previous.put(reading.node(), reading);
            if (!reading.on()) {
                return CheckResult.invalid(
                        name,
                        at(reading) + "asynchronous, " + Plural.of(reading.clients(), "semi-synchronous replica")
                                + " connected, " + Plural.of(reading.noTx(), "commit") + " without acknowledgement");
            }
            // Counters that went back are of a server that was started anew.
            boolean restarted = before == null || before.noTx() > reading.noTx() || before.yesTx() > reading.yesTx();
            long unacknowledged = reading.noTx() - (restarted ? 0 : before.noTx());
            if (before != null && unacknowledged > 0) {
                return CheckResult.invalid(
                        name,
                        at(reading) + Plural.of(unacknowledged, "commit") + " that no replica acknowledged in time");
            }
            acknowledged += before == null ? 0 : reading.yesTx() - (restarted ? 0 : before.yesTx());
        }
        return acknowledged > 0
                ? CheckResult.valid(
                        name,
                        "acknowledged by a replica: " + Plural.of(acknowledged, "commit") + "; not: 0; in "
                                + Plural.of(readings.size(), "reading"))
                : CheckResult.unknown(
                        name,
                        "no commit was acknowledged by a replica between " + Plural.of(readings.size(), "reading"));
    }

    private static String at(SemiSyncReading reading) {
        return reading.node() + " at " + reading.micros() / 1_000 + " ms: ";
    }
}
