package distributedmysql.experiment.soak;

import distributedmysql.config.Phases;
import distributedmysql.gatling.Load;
import distributedmysql.load.record.StagePlan;
import distributedmysql.load.record.StageRecorder;
import distributedmysql.monitor.LoadTime;
import distributedmysql.report.Section;
import distributedmysql.report.Stage;
import distributedmysql.run.Check;
import distributedmysql.run.ExperimentRun;
import distributedmysql.run.Step;
import distributedmysql.run.TestRun;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The load, and what is sampled meanwhile. */
final class SoakSteps implements ExperimentRun {
    private final TestRun run;
    private final SoakSettings settings;
    private final SoakRun soak;
    private final String name;

    SoakSteps(TestRun run) {
        this.run = run;
        this.settings = run.settings().of(SoakSettings.class);
        this.name = "soak " + settings.rate() + "/s";
        this.soak = new SoakRun(
                run.shards().nodes(), settings, run.settings().load().maxErrorPercent());
    }

    @Override
    public List<Step> steps() {
        Phases phases = new Phases(Duration.ZERO, settings.warmUp(), settings.duration());
        String engine = run.settings().load().engine().label();
        StagePlan plan = StagePlan.open(name, engine, settings.rate(), phases);
        StageRecorder recorder = run.record(plan, run.engine().scenarios(name), soak.intervals());
        Load load = new Load(recorder, run.statements().mixed());
        List<Step> steps = List.of(
                run.alone("soak: starting to watch memory and connections", Duration.ZERO, soak::begin),
                new Step(plan, run.engine().open(load)),
                run.alone("soak: looking for leaks", Duration.ZERO, () -> end(recorder)));
        List<Check> checks = new ArrayList<>(soak.checks(recorder));
        checks.add(run.serverSilence("soak", () -> List.of(recorder)));
        return run.ifPossible(load.mix(), steps, checks);
    }

    private void end(StageRecorder recorder) {
        // Without a first request there was no load.
        soak.end(
                recorder.loadTime().orElse(new LoadTime(0, 0)),
                recorder.measured().map(Stage::of).map(Stage::limitedByCap).orElse(null));
    }

    @Override
    public Optional<Section> section(Set<String> busy) {
        return Optional.ofNullable(soak.report(name));
    }

    @Override
    public void close() {
        soak.close();
    }
}
