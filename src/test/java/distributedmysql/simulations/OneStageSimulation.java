package distributedmysql.simulations;

import distributedmysql.check.CheckResult;
import distributedmysql.check.ErrorPercent;
import distributedmysql.check.Meaning;
import distributedmysql.config.Phases;
import distributedmysql.gatling.Load;
import distributedmysql.load.data.Share;
import distributedmysql.load.record.StagePlan;
import distributedmysql.report.Stage;
import distributedmysql.run.Check;
import distributedmysql.run.ClusterSimulation;
import distributedmysql.run.Part;
import distributedmysql.run.Step;
import distributedmysql.run.TestRun;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What {@link RunEndsIT} and others play: one stage, and checks that do not depend on how fast the machine is. */
public final class OneStageSimulation extends ClusterSimulation {
    private static final String NAME = "reads";
    private static final String ERRORS = "errors of reads";
    private static final Meaning MEANING =
            new Meaning("It is never valid.", "It is never unknown.", "Nothing, it is a test.");

    public OneStageSimulation() {
        play(new OneStage(run(), List.of()));
    }

    /** The same with a check that fails. */
    public static final class WithInvalidCheckSimulation extends ClusterSimulation {
        public WithInvalidCheckSimulation() {
            play(new OneStage(
                    run(),
                    List.of(new Check(
                            "never valid", MEANING, () -> CheckResult.invalid("never valid", "as the test wants")))));
        }
    }

    private record OneStage(TestRun run, List<Check> further) implements Part {
        @Override
        public List<Step> steps() {
            Phases phases = new Phases(Duration.ofSeconds(1), Duration.ZERO, Duration.ofSeconds(1));
            StagePlan plan =
                    StagePlan.closed(NAME, run.settings().load().engine().label(), 2, phases);
            Load load = new Load(
                    run.record(plan, run.engine().scenarios(NAME)),
                    List.of(new Share(run.statements().selectPlayer(), 100)));
            List<Check> checks = new ArrayList<>(further);
            checks.add(run.serverCounts(NAME, List.of(load.recorder())));
            checks.add(new Check(ERRORS, MEANING, this::errors));
            return List.of(new Step(plan, run.engine().closed(load)), run.judge(checks));
        }

        private CheckResult errors() {
            return ErrorPercent.check(ERRORS, Stage.requests(run.measured()), 0);
        }
    }
}
