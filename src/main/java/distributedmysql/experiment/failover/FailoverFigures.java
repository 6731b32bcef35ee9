package distributedmysql.experiment.failover;

import distributedmysql.check.IdSet;
import distributedmysql.ledger.LedgerFigures;
import java.util.List;

/**
 * What the failovers of one run cost, for the report.
 *
 * @param ledger without {@code writes} if it is not known which rows the primary holds in the end
 * @param rto one for each promotion, in order of time
 * @param lostByFailover one for each promotion: the lost writes that the former primary had acknowledged; empty if it is not known which rows the primary holds in the end
 * @param acknowledgedByTwoPrimaries writes that a server acknowledged while another one was the primary
 */
public record FailoverFigures(
        LedgerFigures ledger, List<Rto> rto, List<IdSet> lostByFailover, IdSet acknowledgedByTwoPrimaries) {
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
     * @param failedAfter writes that arrived after {@code firstAfterMicros} and were not acknowledged all the same
     */
    public record Rto(
            String from,
            String to,
            Long lastBeforeMicros,
            Long firstAfterMicros,
            Double writeMillis,
            Double recoveredMillis,
            Double readMillis,
            long failedAfter) {}
}
