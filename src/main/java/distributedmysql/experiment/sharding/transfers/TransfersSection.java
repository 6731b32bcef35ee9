package distributedmysql.experiment.sharding.transfers;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import distributedmysql.history.JsonRule;
import distributedmysql.report.LatencySummary;
import distributedmysql.report.Section;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** What transfers across shards cost in each way, and what was lost. */
@JsonClassDescription(
        "What transfers across shards cost in each way, and what was lost when clients were killed in the middle.")
public record TransfersSection(
        @JsonPropertyDescription("Accounts of each way.") int accounts,

        @JsonPropertyDescription("Who make one transfer after the other; who is killed is replaced.")
        int clients,

        @JsonPropertyDescription("Those that were played to their end.")
        List<WayReport> ways)
        implements Section {

    /** Transfers of one way. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @JsonClassDescription("Transfers of one way.")
    public record WayReport(
            @JsonPropertyDescription(
                    "unprotected: the shards commit one after the other; xa: both prepare, the decision is written, both commit.")
            @JsonRule("enum: ['unprotected', 'xa']")
            String way,

            @JsonPropertyDescription("Acknowledged transfers per second, while no client was killed.")
            double perSecond,

            @JsonPropertyDescription("How long acknowledged transfers took meanwhile; absent if there was none.")
            @Nullable
            LatencySummary micros,

            @JsonPropertyDescription(
                    "Acknowledged transfers per second while clients were killed, whose rows may stay locked.")
            double perSecondWithKills,

            @JsonPropertyDescription("Acknowledged transfers.")
            long acknowledged,

            @JsonPropertyDescription(
                    "Rolled back because a lock was waited for too long, or two waited for each other (errors 1205, 1213, 1613, 1614).")
            long rolledBack,

            @JsonPropertyDescription("Not applied because of another error.")
            long failed,

            @JsonPropertyDescription("Whose end nobody knows, though their client lives.")
            long unknown,

            @JsonPropertyDescription("How many clients were killed, by the point.")
            List<KilledAt> killed,

            @JsonPropertyDescription("Of all balances on all shards, at the start.") @JsonRule("minimum: null")
            long sumBefore,

            @JsonPropertyDescription("The same in the end; absent if a shard could not be read.")
            @JsonRule("minimum: null")
            @Nullable
            Long sumAfter,

            @JsonPropertyDescription("Of how many transfers only one half is there.")
            long halfTransfers,

            @JsonPropertyDescription("By how much the sum is less because of them; negative if it is more.")
            @JsonRule("minimum: null")
            long lost,

            @JsonPropertyDescription("The first 100 of them, by number.")
            List<HalfTransfer> lostTransfers,

            @JsonPropertyDescription(
                    "What became of what dead clients have left prepared; absent if nobody had to look.")
            @Nullable
            RecoveryReport recovery) {
        private static final int NAMED = 100;

        static WayReport of(WayRecord record, TransferRecord measured, Recovery.Result recovered) {
            Findings findings = record.isRead() ? new Findings(record) : null;
            List<Ended> halves = findings == null ? List.of() : findings.halfDone();
            return new WayReport(
                    record.way().label(),
                    measured.perSecond(),
                    measured.micros(),
                    measured.perSecondWithKills(),
                    record.count(TransferEnding.ACKNOWLEDGED),
                    record.count(TransferEnding.ROLLED_BACK),
                    record.count(TransferEnding.FAILED),
                    record.count(TransferEnding.UNKNOWN),
                    record.way().killPoints().stream()
                            .map(point -> new KilledAt(point.words(), record.killed(point)))
                            .toList(),
                    record.sumBefore(),
                    findings == null ? null : record.sumAfter(),
                    halves.size(),
                    findings == null ? 0 : findings.lost(),
                    halves.stream()
                            .limit(NAMED)
                            .map(Ended::transfer)
                            .map(transfer -> new HalfTransfer(transfer.number(), transfer.amount()))
                            .toList(),
                    recovered == null
                            ? null
                            : new RecoveryReport(
                                    recovered.micros(),
                                    recovered.branches(),
                                    recovered.committed(),
                                    recovered.rolledBack()));
        }
    }

    /** How many clients were killed at one point. */
    @JsonClassDescription("How many clients were killed at one point.")
    public record KilledAt(
            @JsonPropertyDescription("Where in the transfer.")
            @JsonRule("enum: ['between prepare and decision', 'between the two commits']")
            String point,

            @JsonPropertyDescription("How many clients.") long clients) {}

    /** A transfer of which only one half is there. */
    @JsonClassDescription("A transfer of which only one half is there.")
    public record HalfTransfer(
            @JsonPropertyDescription("Its number, which the rows of its halves have.")
            int number,

            @JsonPropertyDescription("What it was to move.") long amount) {}

    /** What became of prepared transactions. */
    @JsonClassDescription("What became of prepared transactions.")
    public record RecoveryReport(
            @JsonPropertyDescription("How long it took until nothing was prepared on any shard, in microseconds.")
            long micros,

            @JsonPropertyDescription("How many were prepared; a transfer has one on each of its two shards.")
            int branches,

            @JsonPropertyDescription("Transfers that were committed, because that had been decided.")
            int committed,

            @JsonPropertyDescription("Transfers that were rolled back, because nothing had been decided.")
            int rolledBack) {}

    @Override
    public List<String> console(UnaryOperator<String> mark) {
        return TransfersLines.of(this, mark);
    }
}
