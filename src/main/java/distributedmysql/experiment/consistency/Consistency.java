package distributedmysql.experiment.consistency;

import com.fasterxml.jackson.annotation.JsonInclude;
import distributedmysql.check.ConsistencyVerdicts;
import distributedmysql.check.LostWrites;
import distributedmysql.check.ReadAfterWrite;
import distributedmysql.check.RowChecksums;
import distributedmysql.check.SessionGuarantee;
import distributedmysql.check.Visibility;
import distributedmysql.history.Strategy;
import distributedmysql.history.TableChecksum;
import distributedmysql.monitor.ReplicationLagResult;
import distributedmysql.report.LatencySummary;
import distributedmysql.report.Section;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * What the consistency experiment has measured. In a run that may only read, what needs writes is null: all but lag and table checksums.
 *
 * @param readLatencyMicros what a read costs under each strategy, waiting for a GTID included
 * @param history the path of the saved history, from which all but lag and table checksums can be judged again
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Consistency(
        List<ReadAfterWrite.Cell> readAfterWrite,
        List<StrategyLatency> readLatencyMicros,
        List<Visibility.Replica> visibilityMicros,
        List<SessionGuarantee> sessionGuarantees,
        ReplicationLagResult replicationLagMicros,
        List<TableChecksum> tableChecksums,
        LostWrites.Counts lostWrites,
        RowChecksums.Counts rowChecksums,
        String history)
        implements Section {

    @Override
    public List<String> console(UnaryOperator<String> mark) {
        return List.of();
    }

    /** Answered reads under one strategy; the latency is absent if there were none. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record StrategyLatency(Strategy strategy, long samples, LatencySummary latencyMicros) {}

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
