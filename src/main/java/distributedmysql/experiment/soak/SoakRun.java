package distributedmysql.experiment.soak;

import distributedmysql.check.CheckResult;
import distributedmysql.check.Doubt;
import distributedmysql.check.ErrorPercent;
import distributedmysql.check.Meaning;
import distributedmysql.history.Quantity;
import distributedmysql.history.TimeSeries;
import distributedmysql.load.record.IntervalRecorder;
import distributedmysql.load.record.StageRecorder;
import distributedmysql.monitor.LoadTime;
import distributedmysql.monitor.ResourceMonitor;
import distributedmysql.mysql.Node;
import distributedmysql.report.LimitedByCap;
import distributedmysql.report.Stage;
import distributedmysql.report.StageInterval;
import distributedmysql.run.Check;
import distributedmysql.run.FailureTimes;
import distributedmysql.run.StageRates;
import distributedmysql.run.Timing;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** What is recorded while the soak runs, and what is made of it afterwards. Thread-safe. */
final class SoakRun implements AutoCloseable {
    private static final String ERRORS = "soak errors";
    private static final Meaning ERRORS_MEANING = new Meaning(
            "More requests of the soak failed than the settings allow.",
            "The soak did not run to its end.",
            "Look at the errors of the stage soak in the JSON summary, and in the servers' error logs.");

    private static final String TARGET_RATE = "soak target rate";
    private static final Meaning TARGET_RATE_MEANING = new Meaning(
            "The soak made fewer requests per second than planned.",
            "The soak did not run to its end.",
            "Lower soak.rate, or look what kept the servers or this machine busy.");

    private static final String THROUGHPUT = "throughput";
    private static final String P50 = "p50";
    private static final String P95 = "p95";

    private final List<Node> nodes;
    private final SoakSettings settings;
    private final double maxErrorPercent;
    private final IntervalRecorder intervals;
    private ResourceMonitor monitor;
    private List<Drift> drift;
    private List<Leak> leaks;
    private LimitedByCap limitedByCap;

    SoakRun(List<Node> nodes, SoakSettings settings, double maxErrorPercent) {
        this.nodes = nodes;
        this.settings = settings;
        this.maxErrorPercent = maxErrorPercent;
        this.intervals = new IntervalRecorder(settings.duration(), settings.interval());
    }

    IntervalRecorder intervals() {
        return intervals;
    }

    synchronized void begin() {
        monitor = new ResourceMonitor(nodes, settings.leaks().sampleInterval());
    }

    /**
     * @param load when it ran
     * @param cap what limited it; null if nothing did
     */
    synchronized void end(LoadTime load, LimitedByCap cap) {
        limitedByCap = cap;
        monitor.close();
        leaks = monitor.series(load).stream().map(this::leak).toList();
        drift = List.of(
                drift(THROUGHPUT, Drift.Worse.LOWER, settings.throughputPercent(), StageInterval::qps),
                drift(P50, Drift.Worse.HIGHER, settings.latencyPercent(), StageInterval::p50),
                drift(P95, Drift.Worse.HIGHER, settings.latencyPercent(), StageInterval::p95));
    }

    private Drift drift(
            String measure, Drift.Worse worse, double limit, Function<StageInterval, ? extends Number> value) {
        List<Drift.Point> points = stageIntervals().stream()
                .filter(interval -> value.apply(interval) != null)
                .map(interval -> new Drift.Point(
                        interval.seconds(), value.apply(interval).doubleValue()))
                .toList();
        Drift drifted = Drift.of(measure, worse, limit, points);
        return limitedByCap == null ? drifted : drifted.ofALimitedLoad();
    }

    private List<StageInterval> stageIntervals() {
        return intervals.intervals().stream().map(StageInterval::of).toList();
    }

    private Leak leak(TimeSeries series) {
        LeakSettings rules = settings.leaks();
        Leak.Rule rule = new Leak.Rule(rules.warmUpShare(), rules.minDuration().toMillis() / 1e3);
        return Leak.of(series, rules.limits().get(series.quantity()), rule);
    }

    /** What cannot be read on this system is no check; the report says why. */
    List<Check> checks(StageRecorder recorder) {
        List<Check> checks = new ArrayList<>();
        checks.add(new Check(ERRORS, ERRORS_MEANING, () -> errors(recorder))
                .ofFigures(() -> FailureTimes.of(List.of(recorder))));
        checks.add(StageRates.check(TARGET_RATE, TARGET_RATE_MEANING, () -> List.of(recorder)));
        if (settings.judged()) {
            for (String measure : List.of(THROUGHPUT, P50, P95)) {
                checks.add(new Check(Drift.checkName(measure), Drift.MEANING, () -> drift(measure))
                        .ofFigures(() -> during(recorder, Timing.SOME)));
            }
        }
        if (settings.leaks().judged()) {
            for (Quantity quantity : ResourceMonitor.readable(nodes)) {
                checks.add(new Check(Leak.checkName(quantity), Leak.MEANING, () -> leak(quantity))
                        .ofFigures(() -> during(recorder, Timing.HALF)));
            }
        }
        return checks;
    }

    private CheckResult errors(StageRecorder recorder) {
        List<Stage> stage = recorder.measured().map(Stage::of).stream().toList();
        return ErrorPercent.check(ERRORS, Stage.requests(stage), maxErrorPercent);
    }

    private static List<Timing> during(StageRecorder recorder, double share) {
        return recorder.steadyTime().stream()
                .map(time -> new Timing(recorder.plan().name(), time, share))
                .toList();
    }

    private synchronized CheckResult drift(String measure) {
        CheckResult result = drift.stream()
                .filter(any -> any.measure().equals(measure))
                .findFirst()
                .orElseThrow()
                .check();
        return limitedByCap == null
                ? result
                : CheckResult.unknown(
                        result.name(), Doubt.LIMITED_BY_CAP, limitedByCap.reason() + "; " + result.evidence());
    }

    private synchronized CheckResult leak(Quantity quantity) {
        // What one node does not tell is said in the report; what is checked is what was expected to be read.
        List<Leak> expected = leaks.stream()
                .filter(leak -> quantity != Quantity.SERVER_RESIDENT || isOurs(leak.node()))
                .toList();
        return Leak.check(quantity, expected);
    }

    private boolean isOurs(String node) {
        return nodes.stream()
                .anyMatch(any -> any.name().equals(node) && any.pid().isPresent());
    }

    /** Null if the soak did not run to its end. */
    synchronized SoakSection report(String stage) {
        double seconds = settings.interval().toMillis() / 1e3;
        return drift == null ? null : new SoakSection(stage, seconds, stageIntervals(), drift, leaks);
    }

    @Override
    public synchronized void close() {
        if (monitor != null) {
            monitor.close();
        }
    }
}
