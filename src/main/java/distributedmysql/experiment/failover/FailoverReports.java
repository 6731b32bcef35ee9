package distributedmysql.experiment.failover;

import distributedmysql.check.IdSet;
import distributedmysql.config.ReplicationMode;
import distributedmysql.fault.FaultRecord;
import distributedmysql.history.Ledger;
import distributedmysql.history.RunClock;
import distributedmysql.report.LimitedByCap;
import distributedmysql.topology.replicator.FailoverRecord;
import distributedmysql.topology.replicator.ReturnedServer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What was recorded of failovers and faults, as the JSON summary says it. */
public final class FailoverReports {
    private final RunClock clock;
    private final Ledger ledger;
    private final FailoverFigures figures;

    /** @param ledger of the mode */
    FailoverReports(RunClock clock, Ledger ledger, FailoverFigures figures) {
        this.clock = clock;
        this.ledger = ledger;
        this.figures = figures;
    }

    /**
     * @param rounds those in which a replica was promoted, as in the figures
     * @param limited null if the load was not limited
     */
    Failover mode(
            ReplicationMode mode,
            String error,
            long startMicros,
            List<FailoverRound> rounds,
            List<Failover.Unfinished> unfinished,
            LimitedByCap limited) {
        List<Failover.Round> reports = new ArrayList<>();
        for (int i = 0; i < rounds.size(); i++) {
            boolean known = i < figures.lostByFailover().size();
            reports.add(round(
                    mode == ReplicationMode.GROUP,
                    rounds.get(i),
                    figures.rto().get(i),
                    known ? figures.lostByFailover().get(i) : null));
        }
        return Failover.of(
                mode.label(),
                error.isEmpty() ? null : error,
                instant(clock, startMicros),
                reports,
                figures,
                unfinished,
                limited);
    }

    private Failover.Round round(boolean group, FailoverRound round, FailoverFigures.Rto rto, IdSet lost) {
        FailoverRecord record = round.record();
        Long killed = round.killedMicros().orElse(null);
        // Where somebody else promoted, it is not known when they had found out.
        Long detected =
                record.detection().probed() ? Long.valueOf(record.detection().detectedMicros()) : null;
        return new Failover.Round(
                record.former(),
                record.promoted(),
                killed == null ? null : instant(clock, killed),
                millis(killed, detected),
                millis(detected, record.promotedMicros()),
                GroupPhases.of(group, record, killed, rto.firstAfterMicros()),
                rto.writeMillis(),
                rto.readMillis(),
                rto.recoveredMillis(),
                rto.failedAfter(),
                lost,
                record.detection().evidence(),
                record.fencing().name().toLowerCase(Locale.ROOT).replace('_', '-'),
                record.received().size() == 1,
                record.errant(),
                round.returns().stream()
                        .map(returned -> returned(returned, record.promotedMicros()))
                        .toList(),
                RoundTimeline.of(ledger, round, rto));
    }

    private static Failover.Returned returned(ReturnedServer returned, long promotedMicros) {
        return new Failover.Returned(
                returned.node().name(),
                returned.extraGtids(),
                returned.rebuilt() != null,
                millis(promotedMicros, returned.rejoinedMicros()),
                returned.problem().isEmpty() ? null : returned.problem());
    }

    static InjectedFault fault(RunClock clock, FaultRecord fault) {
        return new InjectedFault(
                fault.name(),
                fault.node(),
                fault.injectedMicros() == null ? null : instant(clock, fault.injectedMicros()),
                fault.healedMicros() == null ? null : instant(clock, fault.healedMicros()),
                fault.description(),
                fault.error());
    }

    static Instant instant(RunClock clock, long micros) {
        return clock.startedAt().plus(micros, ChronoUnit.MICROS).truncatedTo(ChronoUnit.MILLIS);
    }

    /** Null if one of them is not known. */
    private static Double millis(Long fromMicros, Long toMicros) {
        return fromMicros == null || toMicros == null ? null : Double.valueOf((toMicros - fromMicros) / 1_000.0);
    }
}
