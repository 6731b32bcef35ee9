package distributedmysql.experiment.failover;

import distributedmysql.fault.FaultRecord;
import distributedmysql.fault.KillAndRestart;
import distributedmysql.history.Ledger;
import distributedmysql.ledger.LedgerTimeline;
import distributedmysql.report.Timeline;
import distributedmysql.report.Timeline.Moment;
import distributedmysql.topology.replicator.FailoverRecord;
import distributedmysql.topology.replicator.ReturnedServer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What clients saw around one kill: from 3 s before it to 27 s after it, as far as its load lasted. */
final class RoundTimeline {
    private static final long BEFORE_MICROS = 3_000_000;
    private static final long AFTER_MICROS = 27_000_000;

    private RoundTimeline() {}

    /**
     * Null where it is not known when the primary was killed.
     *
     * @param round in which a replica was promoted
     */
    static @Nullable Timeline of(Ledger ledger, FailoverRound round, FailoverFigures.Rto rto) {
        Long killed = round.killedMicros().orElse(null);
        if (killed == null) {
            return null;
        }
        MeasuredPromotion load = round.measured();
        return LedgerTimeline.of(
                ledger,
                killed,
                Math.max(load.fromMicros(), killed - BEFORE_MICROS),
                Math.min(load.untilMicros(), killed + AFTER_MICROS),
                moments(killed, round, rto));
    }

    private static List<Moment> moments(long killed, FailoverRound round, FailoverFigures.Rto rto) {
        FailoverRecord record = round.record();
        List<Moment> moments = new ArrayList<>(List.of(new Moment(0, "kill of " + record.former())));
        if (record.detection().probed()) {
            add(moments, killed, record.detection().detectedMicros(), "found dead");
        }
        add(moments, killed, record.promotedMicros(), record.promoted() + " promoted");
        add(moments, killed, rto.firstAfterMicros(), "first write");
        for (ReturnedServer returned : round.returns()) {
            add(moments, killed, returned.rejoinedMicros(), returned.node().name() + " back");
        }
        for (FaultRecord fault : round.faults()) {
            if (!fault.name().equals(KillAndRestart.NAME)) {
                add(moments, killed, fault.injectedMicros(), fault.name() + " on " + fault.node());
                add(moments, killed, fault.healedMicros(), fault.name() + " on " + fault.node() + " healed");
            }
        }
        return moments;
    }

    private static void add(List<Moment> moments, long killed, @Nullable Long micros, String what) {
        if (micros != null) {
            moments.add(new Moment((micros - killed) / 1e3, what));
        }
    }
}
