package distributedmysql.experiment.failover;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import distributedmysql.check.IdSet;
import distributedmysql.history.JsonRule;
import java.util.List;
import java.util.StringJoiner;

/**
 * What the failovers of one run cost, for the report.
 *
 * @param rpo null if it is not known which rows the primary holds in the end
 * @param rto one for each promotion, in order of time
 * @param lostByFailover one for each promotion: the lost writes that the former primary had acknowledged; empty if it is not known which rows the primary holds in the end
 * @param acknowledgedByTwoPrimaries writes that a server acknowledged while another one was the primary
 * @param nodes what each node whose rows are known holds in the end, compared with the primary
 */
public record FailoverFigures(
        Rpo rpo,
        List<Rto> rto,
        List<IdSet> lostByFailover,
        IdSet acknowledgedByTwoPrimaries,
        List<ErrorCount> errors,
        List<NodeRows> nodes) {
    /** What became of the writes, by what the primary holds in the end. */
    @JsonClassDescription("What became of the writes, by what the primary holds in the end.")
    public record Rpo(
            @JsonPropertyDescription("Writes that were acknowledged.")
            long acknowledged,

            @JsonPropertyDescription("Acknowledged, and not there.")
            IdSet lost,

            @JsonPropertyDescription("Of unknown outcome, and there.")
            long unknownSurvived,

            @JsonPropertyDescription("Of unknown outcome, and not there.")
            long unknownVanished,

            @JsonPropertyDescription("Acknowledged more than once.")
            IdSet duplicates,

            @JsonPropertyDescription("Failed, and there all the same.")
            IdSet phantom,

            @JsonPropertyDescription("Seen by a reader, acknowledged or not, and not there.")
            IdSet seenThenLost) {}

    /**
     * How long one change of the primary took for clients, by the writes and reads of its own load. What did not come
     * about before that load ended is null.
     *
     * @param from, to the servers' {@code server_uuid}
     * @param lastBeforeMicros when the last write that the former primary acknowledged completed
     * @param firstAfterMicros when the first write that the new primary acknowledged completed
     * @param writeMillis between these two
     * @param recoveredMillis from {@code lastBeforeMicros} to the begin of the first second, after
     *     {@code firstAfterMicros}, of which at least 99 % of the arriving writes succeeded
     * @param readMillis the longest time without a completed read meanwhile; never below the readers' own interval
     */
    public record Rto(
            String from,
            String to,
            Long lastBeforeMicros,
            Long firstAfterMicros,
            Double writeMillis,
            Double recoveredMillis,
            Double readMillis) {}

    /** What one server holds in the end, beside what the primary holds. */
    @JsonClassDescription("The rows of one node in the end.")
    public record NodeRows(
            @JsonPropertyDescription("Its name.") String node,
            @JsonPropertyDescription("How many.") long rows,

            @JsonPropertyDescription("Not there, and on the primary.")
            IdSet missing,

            @JsonPropertyDescription("There, and not on the primary.")
            IdSet extra,

            @JsonPropertyDescription(
                    "Of extra: how many were acknowledged, so they are lost if this is a former primary.")
            long extraAcknowledged,

            @JsonPropertyDescription(
                    "Of extra: how many whose outcome their client never learned, so they are neither lost nor "
                            + "acknowledged.")
            long extraUnknown) {
        boolean differs() {
            return !missing.none() || !extra.none();
        }

        /** What differs; beside "0 lost", nobody must take writes of unknown outcome for lost ones. */
        String difference() {
            StringJoiner kinds = new StringJoiner(", ", ": ", "").setEmptyValue("");
            if (extraAcknowledged > 0) {
                kinds.add(extraAcknowledged + " acknowledged, which the primary has lost");
            }
            if (extraUnknown > 0) {
                kinds.add(extraUnknown + " of unknown outcome, which the client never learned, so neither acknowledged"
                        + " nor lost");
            }
            long others = extra.count() - extraAcknowledged - extraUnknown;
            if (others > 0) {
                kinds.add(others + " that failed, or that no client sent");
            }
            return node + ": missing " + missing + ", extra " + extra + kinds;
        }
    }

    /** The requests that failed in one second in one way. */
    @JsonClassDescription("Failed requests of one second.")
    public record ErrorCount(
            @JsonPropertyDescription("Of completion, from start.")
            long second,

            @JsonPropertyDescription("What failed.") @JsonRule("enum: ['write', 'read']")
            String operation,

            @JsonPropertyDescription("SQLState and error number, for instance 08S01/0.")
            String error,

            @JsonPropertyDescription("How many.") @JsonRule("minimum: 1")
            long count) {}
}
