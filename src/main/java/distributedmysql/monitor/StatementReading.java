package distributedmysql.monitor;

import distributedmysql.config.Plural;
import java.util.Map;
import java.util.Optional;

/** A server's counts of executed statements since it started, at one moment. Immutable. */
public final class StatementReading {
    // Uptime counts whole seconds of the server's clock.
    private static final long UPTIME_SLACK_SECONDS = 2;

    /** One prepared statement of one session; the server never uses a thread's number twice. */
    record PreparedId(long thread, long statement) {}

    /** @param digest the statement's; empty for a statement that was not asked for */
    record Prepared(Optional<String> digest, long executions) {}

    /**
     * The load's.
     *
     * @param opened ended ones included
     */
    record Sessions(long opened, long ended) {}

    /**
     * @param byDigest executions that came as text; too few where sessions counted at the same moment
     * @param textByCommand executions by the load that came as text, by the first word of the statement
     * @param prepared prepared statements of the load's sessions that are still open
     * @param preparedExecutions all executions of prepared statements by the load, ended sessions included
     * @param byCommandOfAllUsers as {@code textByCommand}, but prepared statements and all users included
     * @param preparedOfAllUsers as {@code preparedExecutions}, but all users included
     * @param loadIsAdmin the load logs in as the framework itself does, and the server cannot tell them apart
     */
    record Counts(
            long uptimeSeconds,
            long digestsLost,
            Map<String, Long> byDigest,
            Map<String, Long> textByCommand,
            Map<PreparedId, Prepared> prepared,
            long preparedExecutions,
            Map<String, Long> byCommandOfAllUsers,
            long preparedOfAllUsers,
            Sessions sessions,
            boolean loadIsAdmin) {

        boolean sameAs(Counts other) {
            return byDigest.equals(other.byDigest)
                    && prepared.equals(other.prepared)
                    && preparedExecutions == other.preparedExecutions
                    && (loadIsAdmin || textByCommand.equals(other.textByCommand));
        }
    }

    /**
     * What a server executed between two readings, executions that failed included.
     *
     * @param atLeast by statement, as named by {@link StatementCounts#statementOf}. It is exact for prepared statements
     *     of sessions that go on; nothing is known here of those that ended, and of what came as text a few in 10,000
     *     are missing.
     * @param totalAtLeast all statements together. Equal to {@code totalAtMost}, and exact, except where statements
     *     came as text while the load also opened connections: with each, the driver sends a few of its own; and except
     *     where several of the load's sessions ended: the server may have lost the counts of some.
     * @param cannotTell why there are no counts; empty if there are
     */
    public record Delta(Map<String, Long> atLeast, long totalAtLeast, long totalAtMost, Optional<String> cannotTell) {}

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
            return unknown("performance_schema.events_statements_summary_by_digest is full: not counted: "
                    + Plural.of(after.digestsLost - before.digestsLost, "statement") + "; raise"
                    + " performance_schema_digests_size, or truncate the table");
        }
        return new StatementDifference(before, after).delta();
    }

    static Delta unknown(String why) {
        return new Delta(Map.of(), 0, 0, Optional.of(why));
    }

    boolean sameAs(StatementReading other) {
        return counts.isPresent() && other.counts.isPresent() && counts.get().sameAs(other.counts.get());
    }

    boolean isUsable() {
        return counts.isPresent();
    }
}
