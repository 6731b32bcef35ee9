package distributedmysql.simulations;

import distributedmysql.config.PerformanceSettings.Phases;
import distributedmysql.config.PlannedTime;
import distributedmysql.config.StabilitySettings;
import distributedmysql.gatling.Check;
import distributedmysql.gatling.Load;
import distributedmysql.gatling.Part;
import distributedmysql.gatling.StabilityRun;
import distributedmysql.gatling.Step;
import distributedmysql.gatling.TestRun;
import distributedmysql.report.StagePlan;
import distributedmysql.report.StageRecorder;
import distributedmysql.workload.Share;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Stability: a soak, a mixed load at a fixed rate in which nothing may drift or leak; rising numbers of connections up
 * to the server's limit and beyond; and kills of the primary in each replication mode.
 */
final class StabilityStages implements Part {
    private final TestRun run;
    private final StabilitySettings settings;
    private final StabilityRun stability;

    StabilityStages(TestRun run) {
        this.run = run;
        this.settings = run.settings().stability();
        this.stability = run.stability();
    }

    @Override
    public List<Step> steps() {
        List<Step> steps = new ArrayList<>(soakSteps());
        steps.addAll(connectionSteps());
        steps.addAll(new FailoverStages(run, stability.failover()).steps());
        return steps;
    }

    private List<Step> soakSteps() {
        Load soak = soak();
        List<Step> steps = List.of(
                run.alone("soak: starting to watch memory and connections", Duration.ZERO, stability::beginSoak),
                new Step(soak.recorder().plan(), run.engine().open(soak)),
                run.alone("soak: looking for leaks", Duration.ZERO, stability::endSoak));
        List<Check> checks = new ArrayList<>(stability.soakChecks(soak.recorder()));
        checks.add(run.serverSilence("soak", () -> List.of(soak.recorder())));
        return run.ifPossible(soak.mix(), steps, checks);
    }

    private List<Step> connectionSteps() {
        List<Share> read = List.of(new Share(run.statements().selectPlayer(), 100));
        List<Step> steps = List.of(run.alone(
                "connection steps", PlannedTime.steps(settings.connections()), stability::runConnectionSteps));
        return run.ifPossible(read, steps, stability.connectionChecks());
    }

    private Load soak() {
        String name = "soak " + settings.soak().rate() + "/s";
        Phases phases = new Phases(
                Duration.ZERO, settings.soak().warmUp(), settings.soak().duration());
        String engine = run.settings().performance().engine().label();
        StagePlan plan = StagePlan.open(name, engine, settings.soak().rate(), phases);
        StageRecorder recorder = run.record(plan, run.engine().scenarios(name), stability.intervals());
        return new Load(recorder, run.statements().mixed());
    }
}
