package distributedmysql.experiment.consistency;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import distributedmysql.experiment.consistency.judge.ConsistencyVerdicts;
import distributedmysql.experiment.consistency.judge.LostWrites;
import distributedmysql.experiment.consistency.judge.ReadAfterWrite;
import distributedmysql.experiment.consistency.judge.RowChecksums;
import distributedmysql.experiment.consistency.judge.SessionGuarantee;
import distributedmysql.experiment.consistency.judge.Visibility;
import distributedmysql.history.JsonRule;
import distributedmysql.history.Strategy;
import distributedmysql.history.TableChecksum;
import distributedmysql.monitor.ReplicationLagResult;
import distributedmysql.report.Figure;
import distributedmysql.report.Figure.Question;
import distributedmysql.report.LatencySummary;
import distributedmysql.report.Metric;
import distributedmysql.report.Plot;
import distributedmysql.report.Section;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the consistency experiment has measured. In a run that may only read, what needs writes is null: all but lag and table checksums.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonClassDescription("What a read from a replica is worth; absent if it was not measured, or not to its end. A "
        + "read-only run (external.read-only) has only replicationLagMicros and tableChecksums.")
@JsonRule("""
        dependentRequired: {
          history: ['readAfterWrite', 'readLatencyMicros', 'visibilityMicros', 'sessionGuarantees', 'lostWrites', 'rowChecksums'],
          readAfterWrite: ['history'],
          readLatencyMicros: ['history'],
          visibilityMicros: ['history'],
          sessionGuarantees: ['history'],
          lostWrites: ['history'],
          rowChecksums: ['history']
        }
        """)
public record Consistency(
        @JsonPropertyDescription(
                "Reads a planned delay after the acknowledgement of a write: one entry for each strategy, "
                        + "node and delay.")
        @Nullable
        List<ReadAfterWrite.Cell> readAfterWrite,

        @JsonPropertyDescription("What these reads cost, by strategy.") @Nullable
        List<StrategyLatency> readLatencyMicros,

        @JsonPropertyDescription("How long writes took to become visible, by replica.") @Nullable
        List<Visibility.Replica> visibilityMicros,

        @JsonPropertyDescription("One entry for each guarantee and strategy.") @Nullable
        List<SessionGuarantee> sessionGuarantees,

        @JsonPropertyDescription("The replicas' lag while load ran.")
        ReplicationLagResult replicationLagMicros,

        @JsonPropertyDescription(
                "Comparison of whole tables at the end: one entry for each table and replica; empty if none "
                        + "was compared.")
        List<TableChecksum> tableChecksums,

        @JsonPropertyDescription("Whether every acknowledged write of the probes was on every node at the end.")
        LostWrites.@Nullable Counts lostWrites,

        @JsonPropertyDescription("The MD5 of every row that a probe read.")
        RowChecksums.@Nullable Counts rowChecksums,

        @JsonPropertyDescription(
                "Path of the saved history; all but replicationLagMicros and tableChecksums can be judged "
                        + "again from it.")
        @Nullable
        String history)
        implements Section {

    /** How long a reader of the slowest replica waits to see a write. */
    @Override
    public List<Figure> figures() {
        return visibilityMicros == null
                ? List.of()
                : visibilityMicros.stream()
                        .filter(visible -> visible.p99() != null)
                        .max(Comparator.comparing(Visibility.Replica::p99))
                        .map(slowest -> new Figure(
                                Question.FRESHNESS,
                                String.format(Locale.ROOT, "%,.0f ms", slowest.p99() / 1e3),
                                "until 99 % of the writes were visible on " + slowest.replica()
                                        + (visibilityMicros.size() > 1 ? ", the slowest replica" : "")))
                        .stream()
                        .toList();
    }

    @Override
    public List<Metric> metrics() {
        return visibilityMicros == null
                ? List.of()
                : visibilityMicros.stream()
                        .filter(visible -> visible.p50() != null)
                        .flatMap(visible -> Stream.of(
                                Metric.micros("consistency: visible on " + visible.replica() + ": p50", visible.p50()),
                                Metric.micros("consistency: visible on " + visible.replica() + ": p99", visible.p99())))
                        .toList();
    }

    @Override
    public List<Plot> plots() {
        return ConsistencyPlots.of(this);
    }

    @Override
    public List<String> console(UnaryOperator<String> mark) {
        return List.of();
    }

    /** Answered reads under one strategy; the latency is absent if there were none. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @JsonClassDescription("Answered reads under one strategy.")
    public record StrategyLatency(
            @JsonPropertyDescription(
                    "How the node of a read is chosen, and what is waited for before it: replica, any replica; "
                            + "sticky, one replica for each user; gtid-wait, any replica after it has executed the newest "
                            + "write that the session has made or seen; primary.")
            Strategy strategy,

            @JsonPropertyDescription("Reads that were answered.")
            long samples,

            @JsonPropertyDescription(
                    "How long they took, waiting for a GTID included and waiting for a pooled connection not; "
                            + "absent without samples.")
            @Nullable
            LatencySummary latencyMicros) {}

    public static Consistency of(
            ConsistencyVerdicts verdicts,
            List<StrategyLatency> readLatency,
            ReplicationLagResult lag,
            List<TableChecksum> tables,
            String history) {
        return new Consistency(
                verdicts.readAfterWrite(),
                readLatency,
                verdicts.visibilityMicros(),
                verdicts.sessionGuarantees(),
                lag,
                tables,
                verdicts.lostWrites(),
                verdicts.rowChecksums(),
                history);
    }

    /** Of a run that may only read. */
    public static Consistency readOnly(ReplicationLagResult lag, List<TableChecksum> tables) {
        return new Consistency(null, null, null, null, lag, tables, null, null, null);
    }
}
