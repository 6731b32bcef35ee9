package distributedmysql.experiment.failover;

import distributedmysql.check.IdSet;
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
    /**
     * What became of the writes, by what the primary holds in the end.
     *
     * @param acknowledged writes with outcome {@code OK}
     * @param lost acknowledged, and not there
     * @param unknownSurvived with outcome {@code UNKNOWN}, and there
     * @param unknownVanished with outcome {@code UNKNOWN}, and not there
     * @param duplicates acknowledged more than once
     * @param phantom with outcome {@code FAIL}, and there all the same
     * @param seenThenLost seen by a reader, acknowledged or not, and not there
     */
    public record Rpo(
            long acknowledged,
            IdSet lost,
            long unknownSurvived,
            long unknownVanished,
            IdSet duplicates,
            IdSet phantom,
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

    /**
     * @param missing on this node, and there on the primary
     * @param extra on this node, and not there on the primary
     * @param extraAcknowledged of these: acknowledged
     * @param extraUnknown of these: with outcome {@code UNKNOWN}
     */
    public record NodeRows(
            String node, long rows, IdSet missing, IdSet extra, long extraAcknowledged, long extraUnknown) {
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

    /**
     * @param second of completion, from the start that the figures were made with
     * @param operation {@code write} or {@code read}
     * @param error SQLState and code, for instance {@code 08S01/0}
     */
    public record ErrorCount(long second, String operation, String error, long count) {}
}
