package distributedmysql.experiment.sharding.resharding;

import distributedmysql.config.ShardSettings.Strategy;
import distributedmysql.experiment.sharding.resharding.ReshardingSection.Added;
import distributedmysql.experiment.sharding.resharding.ReshardingSection.Took;
import distributedmysql.history.Ledger;
import distributedmysql.history.LedgerWrite;
import distributedmysql.history.Outcome;
import distributedmysql.report.LatencySummary;
import distributedmysql.report.Timeline;
import distributedmysql.report.Timeline.Moment;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;

/** What was measured in a round, by what its clients recorded. */
final class RoundFigures {
    private static final long HIGHEST_MICROS = TimeUnit.HOURS.toMicros(1);
    private static final List<Phase> SHOWN =
            List.of(Phase.CAPTURE, Phase.COPY, Phase.CATCH_UP, Phase.SWITCH, Phase.CLEAN, Phase.RELEASE);

    private final PlayedRound played;
    private final List<LedgerWrite> writes = new ArrayList<>();
    /** When all writes by the old map were refused; when it was over, if they never were. */
    private final long closed;

    private final Optional<ErrorWindow> window;

    RoundFigures(PlayedRound played, Ledger ledger) {
        this.played = played;
        ledger.forEachWrite(write -> {
            if (played.sent(write.id())) {
                writes.add(write);
            }
        });
        this.closed = played.progress().fencedMicros().orElse(played.endMicros());
        this.window = ErrorWindow.of(played);
    }

    private Stream<LedgerWrite> acknowledged() {
        return writes.stream().filter(write -> write.ending().isOk());
    }

    /** Acknowledged writes of keys that move, from the begin of the resharding to the switch: what a careless one loses. */
    long racing() {
        return acknowledged()
                .filter(write -> played.round().moves(write.id())
                        && write.completeMicros() > played.startMicros()
                        && write.completeMicros() <= closed)
                .count();
    }

    Added figures() {
        Placement placement = Placement.of(played.round());
        HeldRate rate =
                HeldRate.of(ofClients().toList(), played.load().rate(), played.startMicros(), played.endMicros());
        long begin = window.map(ErrorWindow::beginMicros).orElse(closed);
        long end = window.map(ErrorWindow::endMicros).orElse(closed);
        LatencySummary before = latency(
                write -> write.invokeMicros() >= played.warmMicros() && write.invokeMicros() < played.startMicros());
        LatencySummary inSwitch = latency(write -> write.invokeMicros() <= end && write.completeMicros() >= begin);
        return new Added(
                played.round().number(),
                played.round().strategy().label(),
                played.progress().killed().label(),
                played.progress().killedIn().map(Phase::label).orElse(null),
                placement.kept(),
                placement.moved().cardinality(),
                placement.movedShare(),
                expectedShare(
                        played.round().strategy(),
                        played.round().change().before().shards()),
                placement.elsewhere().cardinality(),
                rowsPerSecond(placement.moved().cardinality()).orElse(null),
                SHOWN.stream()
                        .map(phase -> new Took(phase.label(), played.progress().millis(phase)))
                        .toList(),
                window.map(ErrorWindow::millis).orElse(null),
                played.refusals().attempts(),
                played.refusals().writes().size(),
                played.refusals().most(),
                rate.achieved(),
                rate.least(),
                rate.isHeld(),
                rate.notHeldMillis(),
                rate.mostBehind(),
                count(Outcome.FAIL),
                count(Outcome.UNKNOWN),
                errors(),
                before,
                latency(write -> arrivedDuring(write) && write.completeMicros() < begin),
                inSwitch,
                latency(write -> write.invokeMicros() > end),
                before == null || inSwitch == null ? null : Long.valueOf(inSwitch.p99() - before.p99()),
                played.progress().failures(),
                unread().orElse(null),
                played.problem().isEmpty() ? null : played.problem(),
                timeline());
    }

    private Timeline timeline() {
        long last = ofClients().mapToLong(LedgerWrite::completeMicros).max().orElse(played.endMicros());
        Timeline.Counts counts =
                new Timeline.Counts(played.startMicros(), played.warmMicros(), Math.max(last + 1, played.endMicros()));
        ofClients()
                .forEach(write ->
                        counts.write(write.completeMicros(), write.ending().isOk()));
        List<Moment> moments = new ArrayList<>();
        SHOWN.forEach(phase ->
                played.progress().beganMicros(phase).ifPresent(micros -> moments.add(moment(micros, phase.label()))));
        moments.add(moment(played.endMicros(), "end"));
        return counts.with(moments);
    }

    private Moment moment(long micros, String what) {
        return new Moment((micros - played.startMicros()) / 1e3, what);
    }

    private Optional<String> unread() {
        if (played.round().isRead()) {
            return Optional.empty();
        }
        return Optional.of(played.interrupted() ? "interrupted" : "not every server was read");
    }

    /** The share of many evenly spread keys, on this number of shards, that move when one is added. */
    static double expectedShare(Strategy strategy, int shards) {
        return switch (strategy) {
            case RING -> 1.0 / (shards + 1);
            case MODULO -> (double) shards / (shards + 1);
            // Half of one of them.
            case RANGES -> 0.5 / shards;
        };
    }

    private boolean arrivedDuring(LedgerWrite write) {
        return write.invokeMicros() >= played.startMicros() && write.invokeMicros() < played.endMicros();
    }

    private Optional<Double> rowsPerSecond(long moved) {
        // Of another program's resharding nobody knows the phases.
        boolean unphased = played.progress().beganMicros(Phase.CAPTURE).isEmpty();
        long micros = unphased
                ? closed - played.startMicros()
                : played.progress().microsFromCopyToSwitch().orElse(0);
        return micros > 0 ? Optional.of(moved * 1e6 / micros) : Optional.empty();
    }

    /** Those of the clients; what a router with the old map sent is none of them. */
    private Stream<LedgerWrite> ofClients() {
        return writes.stream()
                .filter(write -> played.round().told().stream().noneMatch(told -> told.id() == write.id()));
    }

    private long count(Outcome outcome) {
        return ofClients().filter(write -> write.ending().outcome() == outcome).count();
    }

    private List<ReshardingSection.FailedWrites> errors() {
        return ofClients()
                .filter(write -> !write.ending().isOk())
                .collect(Collectors.groupingBy(
                        write ->
                                write.ending().sqlState() + "/" + write.ending().code(),
                        TreeMap::new,
                        Collectors.counting()))
                .entrySet()
                .stream()
                .map(error -> new ReshardingSection.FailedWrites(error.getKey(), error.getValue()))
                .toList();
    }

    private LatencySummary latency(Predicate<LedgerWrite> which) {
        Histogram histogram = new Histogram(HIGHEST_MICROS, 3);
        acknowledged()
                .filter(which)
                .forEach(write ->
                        histogram.recordValue(Math.min(HIGHEST_MICROS, write.completeMicros() - write.invokeMicros())));
        return LatencySummary.of(histogram);
    }
}
