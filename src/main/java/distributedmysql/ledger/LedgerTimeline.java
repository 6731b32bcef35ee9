package distributedmysql.ledger;

import distributedmysql.history.Ledger;
import distributedmysql.report.Timeline;
import java.util.List;

/** The numbered writes and the reads around something that was done, as a {@link Timeline}. */
public final class LedgerTimeline {
    private LedgerTimeline() {}

    /**
     * Times are microseconds on the run's clock.
     *
     * @param zeroMicros when it was done
     * @param fromMicros where the timeline begins
     * @param toMicros where it ends
     * @param moments what happened meanwhile
     */
    public static Timeline of(
            Ledger ledger, long zeroMicros, long fromMicros, long toMicros, List<Timeline.Moment> moments) {
        Timeline.Counts counts = new Timeline.Counts(zeroMicros, fromMicros, toMicros);
        ledger.forEachWrite(
                write -> counts.write(write.completeMicros(), write.ending().isOk()));
        ledger.forEachRead(
                read -> counts.read(read.completeMicros(), read.ending().isOk()));
        return counts.with(moments);
    }
}
