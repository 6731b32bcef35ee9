package distributedmysql.experiment.sharding.resharding;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import distributedmysql.config.Plural;
import distributedmysql.history.JsonRule;
import distributedmysql.report.LatencySummary;
import distributedmysql.report.Timeline;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What adding a shard under load took, and what the clients noticed of it. */
@JsonClassDescription("What adding a shard under load took, and what the clients noticed of it.")
public record ReshardingSection(
        @JsonPropertyDescription("Numbered writes per second that arrived (open model).")
        int targetRate,

        @JsonPropertyDescription("One for each time that a shard was added.")
        List<Added> rounds) {

    /** A shard that was added. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @JsonClassDescription("A shard that was added.")
    public record Added(
            @JsonPropertyDescription("From 1 on.") @JsonRule("minimum: 1")
            int round,

            @JsonPropertyDescription("By what keys belong to shards.") @JsonRule("enum: ['ring', 'modulo', 'ranges']")
            String strategy,

            @JsonPropertyDescription("Who was killed meanwhile.")
            @JsonRule("enum: ['none', 'coordinator', 'source', 'target']")
            String killed,

            @JsonPropertyDescription("The phase in which the kill was sent; absent if there was none.") @Nullable
            String killedIn,

            @JsonPropertyDescription("Rows that were there before, and are there in the end.")
            long rows,

            @JsonPropertyDescription("Those of them that are on another shard in the end.")
            long moved,

            @JsonPropertyDescription("moved / rows.") @JsonRule("maximum: 1")
            double movedShare,

            @JsonPropertyDescription(
                    "What is to be expected of it, with n shards before: 1 / (n + 1) of ring, n / (n + 1) of modulo, 1 / (2 n) of ranges.")
            @JsonRule("maximum: 1")
            double expectedShare,

            @JsonPropertyDescription("Those of them that are on a shard that was there before: moved for nothing.")
            long movedElsewhere,

            @JsonPropertyDescription(
                    "Rows moved per second, from the begin of the first copy to the begin of the switch, with what was lost when a coordinator was replaced, or, of another program, from its start to the "
                            + "moment when writes were refused; absent if it did not come to it.")
            @Nullable
            Double rowsPerSecond,

            @JsonPropertyDescription("How long each phase took, in order; 0 ms for what did not take place.")
            List<Took> phases,

            @JsonPropertyDescription(
                    "From the moment when the first source refused writes by the old map (it had raised its version, or the first write that "
                            + "it refused had been sent) until the new map was known and the last write that was refused was "
                            + "acknowledged on its shard by the new map; those that never were are among the failed. "
                            + "Absent if the old map still holds.")
            @Nullable
            Double errorWindowMillis,

            @JsonPropertyDescription(
                    "Attempts that a shard refused because they were routed by an old map; sent again each.")
            long refusedAttempts,

            @JsonPropertyDescription("Writes that were refused at least once.")
            long refusedWrites,

            @JsonPropertyDescription("How often one write was refused at most.")
            int mostRefusals,

            @JsonPropertyDescription("Acknowledgements per second during the resharding.")
            double achievedRate,

            @JsonPropertyDescription(
                    "The same of the slowest of the windows, each of about a second, that the resharding is cut into.")
            double leastRate,

            @JsonPropertyDescription(
                    "Whether in each of these windows at least 95 % of the planned writes, but for one, were acknowledged.")
            boolean rateHeld,

            @JsonPropertyDescription("How long the windows took together in which they were not, in milliseconds.")
            double notHeldMillis,

            @JsonPropertyDescription(
                    "The backlog when it was longest: writes that had arrived during the resharding or before, and had not ended.")
            long mostBehind,

            @JsonPropertyDescription("Writes that failed for certain, in the whole round.")
            long failed,

            @JsonPropertyDescription("Writes whose end nobody knows, in the whole round.")
            long unknown,

            @JsonPropertyDescription("Why those failed or are unknown, by SQLState and error number.")
            List<FailedWrites> errors,

            @JsonPropertyDescription(
                    "Acknowledged writes that arrived before the resharding began and after the warm-up, from their intended start; absent if there was none.")
            @Nullable
            LatencySummary beforeMicros,

            @JsonPropertyDescription(
                    "Those that arrived while rows were copied and caught up with; absent if there was none.")
            @Nullable
            LatencySummary copyMicros,

            @JsonPropertyDescription("Those that were under way in the error window; absent if there was none.")
            @Nullable
            LatencySummary switchMicros,

            @JsonPropertyDescription("Those that arrived later; absent if there was none.") @Nullable
            LatencySummary afterMicros,

            @JsonPropertyDescription(
                    "What the switch added to the latency: its 99th percentile less that from before, in microseconds; absent if one of them is.")
            @Nullable
            Long addedP99Micros,

            @JsonPropertyDescription("Coordinators that did not come to their end, so that another one went on.")
            int failedCoordinators,

            @JsonPropertyDescription(
                    "Why nobody knows what moved, which is 0 then: interrupted, or not every server was read; absent if all were.")
            @Nullable
            String unread,

            @JsonPropertyDescription("Why the resharding did not come to its end; absent if it did.") @Nullable
            String problem,

            @JsonPropertyDescription("The clients' writes from the end of the warm-up on, with the phases.")
            Timeline timeline) {
        /** In a line. */
        String summary() {
            if (unread != null) {
                return strategy + ", " + unread;
            }
            return String.format(
                    Locale.ROOT,
                    "%s, moved %,d of %,d (%.1f %%, expected %.1f %%), %s rows/s; error window %s, %s refused at first; killed: %s",
                    strategy,
                    moved,
                    rows,
                    100 * movedShare,
                    100 * expectedShare,
                    perSecond(this),
                    window(this),
                    Plural.of(refusedWrites, "write"),
                    killing(this));
        }
    }

    /** Writes that ended in one way. */
    @JsonClassDescription("Writes that ended in one way.")
    public record FailedWrites(
            @JsonPropertyDescription("SQLState and error number, for instance 08S01/0.")
            String error,

            @JsonPropertyDescription("How many.") @JsonRule("minimum: 1")
            long count) {}

    /** A phase. */
    @JsonClassDescription("How long a phase took.")
    public record Took(
            @JsonPropertyDescription("What was done.")
            @JsonRule("enum: ['capture', 'copy', 'catch-up', 'switch', 'clean', 'release']")
            String phase,

            @JsonPropertyDescription("How long, in milliseconds; of a phase that was begun again, the last time.")
            double millis) {}

    /** For the console. */
    public List<String> console() {
        List<String> lines = new ArrayList<>();
        lines.add("A shard added under " + targetRate
                + " writes/s (p99 and max of the writes that arrived before / while copying, or were under way in the error"
                + " window, or arrived after it; + is what the window added to the p99 from before):");
        lines.add(String.format(
                Locale.ROOT,
                "  %5s  %-8s  %-18s  %26s  %8s  %12s  %15s  %6s  %7s  %s",
                "round",
                "strategy",
                "killed (in)",
                "moved (expected)",
                "rows/s",
                "error window",
                "refused",
                "failed",
                "unknown",
                "p99 (max)"));
        rounds.forEach(round -> lines.add(line(round)));
        rounds.stream()
                .filter(round -> round.problem != null)
                .map(round -> "  round " + round.round + ": " + round.problem)
                .forEach(lines::add);
        return lines;
    }

    private static String line(Added round) {
        if (round.unread != null) {
            return String.format(
                    Locale.ROOT, "  %5d  %-8s  %-18s  %s", round.round, round.strategy, killing(round), round.unread);
        }
        return String.format(
                Locale.ROOT,
                "  %5d  %-8s  %-18s  %,9d (%4.1f %%, %4.1f %%)  %8s  %12s  %15s  %6d  %7d  %s / %s / %s (%s) / %s%s",
                round.round,
                round.strategy,
                killing(round),
                round.moved,
                100 * round.movedShare,
                100 * round.expectedShare,
                perSecond(round),
                window(round),
                Plural.of(round.refusedWrites, "write"),
                round.failed,
                round.unknown,
                latency(round.beforeMicros),
                latency(round.copyMicros),
                latency(round.switchMicros),
                added(round),
                latency(round.afterMicros),
                rate(round));
    }

    private static String rate(Added round) {
        return round.rateHeld
                ? ""
                : String.format(
                        Locale.ROOT,
                        "; rate not held for %.1f s: %.0f writes/s at least, %,d behind at most",
                        round.notHeldMillis / 1e3,
                        round.leastRate,
                        round.mostBehind);
    }

    private static String killing(Added round) {
        return round.killedIn == null ? round.killed : round.killed + " (" + round.killedIn + ")";
    }

    private static String added(Added round) {
        return round.addedP99Micros == null ? "-" : String.format(Locale.ROOT, "%+.1f ms", round.addedP99Micros / 1e3);
    }

    private static String perSecond(Added round) {
        return round.rowsPerSecond == null ? "-" : String.format(Locale.ROOT, "%,.0f", round.rowsPerSecond);
    }

    private static String window(Added round) {
        return round.errorWindowMillis == null ? "-" : String.format(Locale.ROOT, "%.0f ms", round.errorWindowMillis);
    }

    private static String latency(LatencySummary summary) {
        return summary == null
                ? "-"
                : String.format(Locale.ROOT, "%.1f (%.1f) ms", summary.p99() / 1e3, summary.max() / 1e3);
    }
}
