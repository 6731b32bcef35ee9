package distributedmysql.experiment.backup;

import distributedmysql.config.Phases;
import distributedmysql.config.PlannedTime;
import distributedmysql.gatling.Load;
import distributedmysql.history.Ledger;
import distributedmysql.history.RunClock;
import distributedmysql.ledger.LedgerLoad;
import distributedmysql.load.record.IntervalRecorder;
import distributedmysql.load.record.StagePlan;
import distributedmysql.load.record.StageRecorder;
import distributedmysql.monitor.ClientMemory;
import distributedmysql.monitor.LoadTime;
import distributedmysql.monitor.ReplicationLag;
import distributedmysql.mysql.TopologyException;
import distributedmysql.report.Timeline;
import distributedmysql.report.Timeline.Moment;
import distributedmysql.run.Step;
import distributedmysql.run.TestRun;
import distributedmysql.topology.Await;
import io.gatling.javaapi.core.PopulationBuilder;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** The load while backups are made: numbered writes and reads, and the mixed load; how far the replicas lag meanwhile, and what memory it takes. Thread-safe. */
final class UnderLoad implements AutoCloseable {
    /** Nothing of it counts. */
    static final Duration WARM_UP = Duration.ofSeconds(2);

    private static final Duration INTERVAL = Duration.ofMillis(100);
    private static final Duration BEAT = Duration.ofMillis(50);
    private static final Duration FIRST_REQUEST = Duration.ofSeconds(30);

    private final TestRun run;
    private final BackupSettings settings;
    private final RunClock clock;
    private final LedgerLoad ledger;
    private final Duration load;
    private final IntervalRecorder intervals;
    private final StageRecorder recorder;
    private final List<ReplicationLag> lags;
    private final ClientMemory memory;

    UnderLoad(TestRun run, BackupSettings settings, LedgerLoad ledger) {
        this.run = run;
        this.settings = settings;
        this.clock = run.events().clock();
        this.ledger = ledger;
        // As long as what counts at least: it may begin a little earlier.
        this.load = WARM_UP.plus(settings.load()).plus(PlannedTime.MARGIN);
        this.intervals = new IntervalRecorder(settings.load(), INTERVAL);
        String name = "backup " + settings.loadRate() + "/s";
        Phases phases = new Phases(WARM_UP, Duration.ZERO, settings.load());
        this.recorder = run.record(
                StagePlan.open(name, run.settings().load().engine().label(), settings.loadRate(), phases),
                run.engine().scenarios(name),
                intervals);
        long zero = System.nanoTime() - clock.micros() * 1_000;
        this.lags = run.shards().all().stream()
                .filter(shard -> !shard.replicas().isEmpty())
                .map(shard -> new ReplicationLag(shard, run.settings().data().database(), zero, INTERVAL, BEAT))
                .toList();
        this.memory = new ClientMemory(clock);
    }

    /** Everything is ready that the load would wait for, and is watched from now on. */
    void prepare() {
        ledger.openConnections();
        memory.start();
        try {
            for (ReplicationLag lag : lags) {
                lag.start();
            }
        } catch (SQLException e) {
            throw TopologyException.of("cannot watch the replication lag", e);
        }
    }

    /** @param meanwhile what one user does once */
    Step step(String name, Runnable meanwhile) {
        List<PopulationBuilder> populations =
                new ArrayList<>(ledger.step(run, name, load, load, meanwhile).populations());
        populations.addAll(run.engine().open(new Load(recorder, run.statements().mixed())));
        return new Step(name, recorder.plan().whole(), populations);
    }

    /** Returns when what counts begins; on the run's clock. */
    long awaitBegin() {
        Await.of("the first requests of " + recorder.plan().name(), FIRST_REQUEST)
                .whileRunGoesOn()
                .until(() -> recorder.steadyTime().isPresent(), () -> "none has come");
        lags.forEach(lag -> lag.loadBegins(settings.load()));
        return beginMicros().orElseThrow();
    }

    private Optional<Long> beginMicros() {
        return recorder.steadyTime().map(LoadTime::fromNanos).map(clock::micros);
    }

    /** Returns when every request that was to arrive has ended. */
    void awaitEnd() {
        ledger.awaitEnded(ledger.requests(load), settings.load().plus(settings.deadline()));
        lags.forEach(ReplicationLag::loadEnds);
    }

    /** What the users noticed of each of these. */
    List<Cost> costs(List<Span> phases) {
        return beginMicros()
                .map(begin -> new Costs(
                        ledgers(),
                        settings.writeRate(),
                        intervals.intervals(),
                        INTERVAL.toNanos() / 1_000,
                        begin,
                        lags.stream()
                                .flatMap(lag -> lag.result().replicas().stream())
                                .toList()))
                .map(costs -> costs.of(phases))
                .orElse(List.of());
    }

    /** What was answered while these went on; empty if no request had begun. */
    Optional<Timeline> timeline(List<Span> phases) {
        return beginMicros()
                .map(begin -> timeline(ledgers(), begin, begin + settings.load().toNanos() / 1_000, phases));
    }

    /** From the begin of the load to its end; of all shards. */
    static Timeline timeline(List<Ledger> ledgers, long fromMicros, long toMicros, List<Span> phases) {
        Timeline.Counts counts = new Timeline.Counts(fromMicros, fromMicros, toMicros);
        for (Ledger ledger : ledgers) {
            ledger.forEachWrite(
                    write -> counts.write(write.completeMicros(), write.ending().isOk()));
            ledger.forEachRead(
                    read -> counts.read(read.completeMicros(), read.ending().isOk()));
        }
        return counts.with(phases.stream()
                .map(phase -> new Moment((phase.fromMicros() - fromMicros) / 1e3, phase.name()))
                .toList());
    }

    private List<Ledger> ledgers() {
        return IntStream.range(0, run.shards().all().size())
                .mapToObj(ledger::ledger)
                .toList();
    }

    /** Of this JVM; null if there was no phase. */
    Memory memory(List<Span> phases) {
        if (phases.isEmpty()) {
            return null;
        }
        Span before = phases.get(0);
        long end = phases.get(phases.size() - 1).toMicros();
        return Memory.of(
                memory.highest(before.fromMicros(), before.toMicros()),
                memory.highest(before.toMicros(), end),
                memory.highest(end, Long.MAX_VALUE));
    }

    @Override
    public void close() {
        lags.forEach(ReplicationLag::close);
        memory.close();
    }
}
