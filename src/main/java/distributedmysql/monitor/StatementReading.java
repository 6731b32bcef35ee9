package distributedmysql.monitor;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A server's counts of executed statements since it started, at one moment. Immutable. */
public final class StatementReading {
    // Uptime counts whole seconds of the server's clock.
    private static final long UPTIME_SLACK_SECONDS = 2;

    /** One prepared statement of one session; the server never uses a thread's number twice. */
    record PreparedId(long thread, long statement) {}

    /** @param digest the statement's; empty for a statement that was not asked for */
    record Prepared(Optional<String> digest, long executions) {}

    /**
     * @param byDigest executions that came as text
     * @param prepared prepared statements of the load's sessions that are still open
     * @param preparedExecutions all executions of prepared statements by the load, ended sessions included
     */
    record Counts(
            long uptimeSeconds,
            long digestsLost,
            Map<String, Long> byDigest,
            Map<PreparedId, Prepared> prepared,
            long preparedExecutions) {

        boolean sameAs(Counts other) {
            return byDigest.equals(other.byDigest)
                    && prepared.equals(other.prepared)
                    && preparedExecutions == other.preparedExecutions;
        }
    }

    /**
     * What a server executed between two readings.
     *
     * @param executions by statement, as named by {@link StatementCounts#statementOf}; failed ones included
     * @param unattributed executions of prepared statements whose session, or the statement in it, has ended: the
     *     server no longer knows which statement they were
     * @param cannotTell why there are no counts; empty if there are
     */
    public record Delta(Map<String, Long> executions, long unattributed, Optional<String> cannotTell) {}

    private final long startNanos;
    private final long endNanos;
    private final Optional<Counts> counts;
    private final String problem;

    private StatementReading(long startNanos, long endNanos, Optional<Counts> counts, String problem) {
        this.startNanos = startNanos;
        this.endNanos = endNanos;
        this.counts = counts;
        this.problem = problem;
    }

    static StatementReading of(long startNanos, long endNanos, Counts counts) {
        return new StatementReading(startNanos, endNanos, Optional.of(counts), "");
    }

    static StatementReading cannotTell(String why) {
        return new StatementReading(0, 0, Optional.empty(), why);
    }

    /** What was executed since an earlier reading of the same {@link StatementCounts}. */
    public Delta since(StatementReading earlier) {
        if (earlier.counts.isEmpty() || counts.isEmpty()) {
            return unknown(earlier.counts.isEmpty() ? earlier.problem : problem);
        }
        Counts before = earlier.counts.get();
        Counts after = counts.get();
        long leastElapsedSeconds = (startNanos - earlier.endNanos) / 1_000_000_000;
        if (after.uptimeSeconds < before.uptimeSeconds + leastElapsedSeconds - UPTIME_SLACK_SECONDS) {
            return unknown("the server was restarted in between");
        }
        if (after.digestsLost != before.digestsLost) {
            return unknown("performance_schema.events_statements_summary_by_digest is full: "
                    + (after.digestsLost - before.digestsLost) + " statements were not counted; raise"
                    + " performance_schema_digests_size, or truncate the table");
        }
        return difference(before, after);
    }

    private static Delta difference(Counts before, Counts after) {
        Map<String, Long> executions = new TreeMap<>();
        for (String digest : after.byDigest.keySet()) {
            executions.put(digest, after.byDigest.get(digest) - before.byDigest.getOrDefault(digest, 0L));
        }
        long attributed = 0;
        for (Map.Entry<PreparedId, Prepared> entry : after.prepared.entrySet()) {
            Prepared now = entry.getValue();
            Prepared then = before.prepared.get(entry.getKey());
            long difference = now.executions - (then == null ? 0 : then.executions);
            now.digest.ifPresent(digest -> executions.merge(digest, difference, Long::sum));
            attributed += difference;
        }
        long unattributed = after.preparedExecutions - before.preparedExecutions - attributed;
        boolean reset = !after.byDigest.keySet().containsAll(before.byDigest.keySet())
                || executions.values().stream().anyMatch(count -> count < 0)
                || unattributed < 0;
        return reset
                ? unknown("the counts in performance_schema were reset in between")
                : new Delta(Map.copyOf(executions), unattributed, Optional.empty());
    }

    private static Delta unknown(String why) {
        return new Delta(Map.of(), 0, Optional.of(why));
    }

    boolean sameAs(StatementReading other) {
        return counts.isPresent() && other.counts.isPresent() && counts.get().sameAs(other.counts.get());
    }

    boolean isUsable() {
        return counts.isPresent();
    }
}
