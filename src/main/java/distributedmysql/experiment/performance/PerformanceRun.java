package distributedmysql.experiment.performance;

import distributedmysql.check.CheckResult;
import distributedmysql.check.ErrorPercent;
import distributedmysql.check.Meaning;
import distributedmysql.config.Phases;
import distributedmysql.experiment.performance.MaxThroughput.Objective;
import distributedmysql.gatling.JvmWarmUp;
import distributedmysql.gatling.Load;
import distributedmysql.gatling.LoadEngine;
import distributedmysql.load.data.Share;
import distributedmysql.load.record.StagePlan;
import distributedmysql.load.record.StageRecorder;
import distributedmysql.report.Section;
import distributedmysql.report.Stage;
import distributedmysql.run.Check;
import distributedmysql.run.ExperimentRun;
import distributedmysql.run.FailureTimes;
import distributedmysql.run.Step;
import distributedmysql.run.TestRun;
import io.gatling.javaapi.core.PopulationBuilder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Performance in three stages: reads at rising rates (open model), a game's mix of reads and writes (open model), and
 * reads by rising numbers of connections, up to the highest rate that the servers carry (closed model).
 */
final class PerformanceRun implements ExperimentRun {
    private static final String ERRORS = "performance errors";
    private static final Meaning ERRORS_MEANING = new Meaning(
            "More requests failed than the settings allow (load.max-error-percent).",
            "No request was made.",
            "Look at the errors of each stage in the JSON summary (stages[].errors) and in the servers'"
                    + " error logs.");

    private final TestRun run;
    private final PerformanceSettings settings;
    private final LoadEngine engine;

    /** Of loads whose statements no check has compared with the servers' counts so far. */
    private final List<StageRecorder> uncompared = new ArrayList<>();

    /** The levels of the maximum throughput. */
    private final List<StageRecorder> curve = new CopyOnWriteArrayList<>();

    PerformanceRun(TestRun run) {
        this.run = run;
        this.settings = run.settings().of(PerformanceSettings.class);
        this.engine = run.engine();
    }

    @Override
    public List<Step> steps() {
        List<Share> select = List.of(new Share(run.statements().selectPlayer(), 100));
        List<Step> steps = new ArrayList<>(warmUp(select));
        for (int rate : settings.select().rates()) {
            steps.addAll(open("select " + rate + "/s", rate, settings.select().phases(), select));
        }
        steps.addAll(open(
                "mixed " + settings.mixed().rate() + "/s",
                settings.mixed().rate(),
                settings.mixed().phases(),
                run.statements().mixed()));
        steps.addAll(maxThroughput(select));
        return steps;
    }

    private List<Step> maxThroughput(List<Share> select) {
        List<Step> steps = new ArrayList<>();
        List<Integer> concurrency = settings.maxThroughput().concurrency();
        int most = concurrency.stream().mapToInt(Integer::intValue).max().orElse(0);
        steps.add(run.alone("opening connections", PerformanceSettings.OPENING, () -> engine.prepare(most)));
        for (int connections : concurrency) {
            Load load = closed(connections, settings.maxThroughput().phases(), select);
            curve.add(load.recorder());
            steps.add(step(load, engine.closed(load)));
        }
        List<Check> checks = List.of(
                serverCounts("max throughput", List.copyOf(curve)),
                new Check(ERRORS, ERRORS_MEANING, this::errors).ofFigures(() -> FailureTimes.of(run.recorders())),
                run.targetRate(),
                run.serverSilence("performance"));
        return run.ifPossible(select, steps, checks);
    }

    private CheckResult errors() {
        return ErrorPercent.check(
                ERRORS, Stage.requests(run.measured()), run.settings().load().maxErrorPercent());
    }

    private List<Step> open(String name, int rate, Phases phases, List<Share> mix) {
        StagePlan plan = StagePlan.open(name, run.settings().load().engine().label(), rate, phases);
        Load load = new Load(run.record(plan, engine.scenarios(name)), mix);
        return run.ifPossible(
                mix, List.of(step(load, engine.open(load))), List.of(serverCounts(name, List.of(load.recorder()))));
    }

    /** No stage: nothing of it is measured. */
    private List<Step> warmUp(List<Share> mix) {
        if (settings.jvmWarmUp().isZero() || !run.isPossible(mix)) {
            return List.of();
        }
        String name = "warm-up";
        Phases phases = new Phases(settings.jvmWarmUp(), Duration.ZERO, Duration.ZERO);
        int users = Math.min(2, run.settings().connection().poolSize());
        StagePlan plan = StagePlan.closed(name, run.settings().load().engine().label(), users, phases);
        Load load = new Load(run.record(plan, engine.scenarios(name)), mix);
        uncompared.add(load.recorder());
        return List.of(
                run.alone("compiler", Duration.ZERO, () -> JvmWarmUp.during(settings.jvmWarmUp())),
                step(load, engine.closed(load)));
    }

    private Check serverCounts(String name, List<StageRecorder> stages) {
        uncompared.addAll(stages);
        List<StageRecorder> compared = List.copyOf(uncompared);
        uncompared.clear();
        return run.serverCounts(name, compared);
    }

    private Step step(Load load, List<PopulationBuilder> populations) {
        return new Step(load.recorder().plan(), populations);
    }

    private Load closed(int connections, Phases phases, List<Share> mix) {
        String name = "max throughput, " + connections + (connections == 1 ? " connection" : " connections");
        StagePlan plan = StagePlan.closed(name, run.settings().load().engine().label(), connections, phases);
        return new Load(run.record(plan, engine.scenarios(name)), mix);
    }

    @Override
    public Optional<Section> section(Set<String> busy) {
        PerformanceSettings.MaxThroughput max = settings.maxThroughput();
        List<Stage> levels = curve.stream()
                .map(StageRecorder::measured)
                .flatMap(Optional::stream)
                .filter(level -> !level.interrupted())
                .map(Stage::of)
                .toList();
        return levels.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        Performance.of(levels, new Objective(max.p95().toNanos() / 1000, max.errorPercent()), busy));
    }

    /** Its load ends with the run's. */
    @Override
    public void close() {}
}
