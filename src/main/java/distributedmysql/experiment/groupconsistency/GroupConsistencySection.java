package distributedmysql.experiment.groupconsistency;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import distributedmysql.check.Estimate;
import distributedmysql.check.Interval;
import distributedmysql.history.JsonRule;
import distributedmysql.report.LatencySummary;
import distributedmysql.report.Metric;
import distributedmysql.report.Plot;
import distributedmysql.report.Section;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** What the levels of {@code group_replication_consistency} cost, and what they buy. */
@JsonClassDescription(
        "What the levels of group_replication_consistency cost, and what they buy; absent if the servers are no group.")
public record GroupConsistencySection(
        @JsonPropertyDescription(
                "What a connection has that sets nothing, as the servers are: their default is EVENTUAL before "
                        + "MySQL 8.4, and BEFORE_ON_PRIMARY_FAILOVER from then on.")
        Level ofServers,

        @JsonPropertyDescription("Those that were played to their end, one after the other.")
        List<LevelReport> levels)
        implements Section {

    /** One level; all connections of its load have it. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @JsonClassDescription("One level, which all connections of its load have.")
    public record LevelReport(
            @JsonPropertyDescription("Value of group_replication_consistency.")
            Level level,

            @JsonPropertyDescription("Acknowledged writes per second of users who write one row after the other.")
            double writesPerSecond,

            @JsonPropertyDescription("How long their acknowledged writes took; absent if there was none.") @Nullable
            LatencySummary writeMicros,

            @JsonPropertyDescription(
                    "How long the answered reads of secondaries took, from when they were due; absent if there was none.")
            @Nullable
            LatencySummary readMicros,

            @JsonPropertyDescription(
                    "How much longer such a write took than under the level that the servers have, in microseconds (Hodges and "
                            + "Lehmann); absent for that level itself, or where one of them has no write.")
            @Nullable
            Estimate writeCostMicros,

            @JsonPropertyDescription("The same for reads of secondaries.") @Nullable
            Estimate readCostMicros,

            @JsonPropertyDescription("Writes that were not acknowledged.")
            long failedWrites,

            @JsonPropertyDescription("Reads of secondaries that were answered.")
            long reads,

            @JsonPropertyDescription(
                    "Reads that lacked a write that was acknowledged before they began; under BEFORE, AFTER and "
                            + "BEFORE_AND_AFTER one is INVALID.")
            long staleReads,

            @JsonPropertyDescription("How likely a read is fresh, for each secondary and delay.")
            List<Fresh> fresh,

            @JsonPropertyDescription("What waited on each member meanwhile.")
            List<MemberQueues.Queues> queues) {}

    /** One secondary and delay. */
    @JsonClassDescription("Reads of one secondary, after one delay.")
    public record Fresh(
            @JsonPropertyDescription("Name of the secondary.")
            String secondary,

            @JsonPropertyDescription(
                    "Planned delay from the acknowledgement of the write to the read, in milliseconds.")
            double delayMillis,

            @JsonPropertyDescription("Reads that were answered.")
            long samples,

            @JsonPropertyDescription("Showed the row.") long fresh,

            @JsonPropertyDescription("fresh / samples; null without samples.") @JsonRule("maximum: 1") @Nullable
            Double probabilityFresh,

            @JsonPropertyDescription("95 % confidence interval of probabilityFresh (Wilson); null without samples.")
            @Nullable
            Interval ci95,

            @JsonPropertyDescription("Reads that got no answer; not among the samples.")
            long failed) {}

    @Override
    public List<Metric> metrics() {
        return GroupConsistencyPlots.metrics(levels);
    }

    @Override
    public List<Plot> plots() {
        return GroupConsistencyPlots.of(levels);
    }

    @Override
    public List<String> console(UnaryOperator<String> mark) {
        List<String> lines = new ArrayList<>();
        lines.add("Group consistency (* is what the servers have by themselves):");
        lines.add(String.format(
                Locale.ROOT,
                "  %-28s %8s  %15s  %15s  %13s  %s",
                "level",
                "writes/s",
                "write p50/p99",
                "read p50/p99",
                "stale reads",
                "fresh at once; most queued"));
        for (LevelReport level : levels) {
            lines.add(String.format(
                    Locale.ROOT,
                    "  %-28s %8.0f  %15s  %15s  %13s  %s%s",
                    level.level + (level.level == ofServers ? " *" : ""),
                    level.writesPerSecond,
                    times(level.writeMicros),
                    times(level.readMicros),
                    level.staleReads + " of " + level.reads,
                    worstAtOnce(level) + "; " + queued(level),
                    mark.apply("group consistency " + level.level)));
        }
        return lines;
    }

    private static String times(LatencySummary micros) {
        return micros == null
                ? "-"
                : String.format(Locale.ROOT, "%.1f/%.1f ms", micros.p50() / 1e3, micros.p99() / 1e3);
    }

    /** Of the secondary where it is least likely, after the shortest delay. */
    private static String worstAtOnce(LevelReport level) {
        double shortest =
                level.fresh.stream().mapToDouble(Fresh::delayMillis).min().orElse(0);
        return level.fresh.stream()
                .filter(cell -> cell.delayMillis == shortest && cell.probabilityFresh != null)
                .min((one, other) -> Double.compare(one.probabilityFresh, other.probabilityFresh))
                .map(cell -> String.format(Locale.ROOT, "%.0f %% on %s", 100 * cell.probabilityFresh, cell.secondary))
                .orElse("-");
    }

    private static String queued(LevelReport level) {
        return level.queues.stream()
                .max((one, other) -> Long.compare(one.applier(), other.applier()))
                .map(queue -> queue.applier() + " on " + queue.member()
                        + (level.queues.stream().anyMatch(MemberQueues.Queues::flowControl) ? ", flow control" : ""))
                .orElse("-");
    }
}
