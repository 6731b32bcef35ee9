package distributedmysql.simulations;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import distributedmysql.check.CheckResult;
import distributedmysql.check.Meaning;
import distributedmysql.config.PerformanceSettings.Phases;
import distributedmysql.gatling.Load;
import distributedmysql.report.Section;
import distributedmysql.report.Stage;
import distributedmysql.report.StagePlan;
import distributedmysql.report.StageRecorder;
import distributedmysql.run.Check;
import distributedmysql.run.ClusterSimulation;
import distributedmysql.run.Experiment;
import distributedmysql.run.ExperimentRun;
import distributedmysql.run.Step;
import distributedmysql.run.TestRun;
import distributedmysql.workload.Share;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/** What {@link ToySimulationIT} plays: the smallest experiment that there can be. */
public final class ToySimulation extends ClusterSimulation {
    public ToySimulation() {
        super(new Toy());
        play();
    }

    /** One user reads for two seconds, one row after the other. */
    static final class Toy implements Experiment {
        @Override
        public String key() {
            return "toy-reads";
        }

        @Override
        public Class<ToySection> section() {
            return ToySection.class;
        }

        @Override
        public ExperimentRun prepare(TestRun run) {
            return new ToyRun(run);
        }
    }

    @JsonClassDescription("What one user read.")
    public record ToySection(
            @JsonPropertyDescription("Reads that were answered.")
            long reads) implements Section {
        @Override
        public List<String> console(UnaryOperator<String> mark) {
            return List.of("Toy: one user read " + reads + " rows" + mark.apply("toy"));
        }
    }

    private static final class ToyRun implements ExperimentRun {
        private static final Meaning MEANING =
                new Meaning("Nothing was read.", "It is never unknown.", "Look at the errors of the stage.");

        private final TestRun run;
        private final StageRecorder recorder;

        ToyRun(TestRun run) {
            Phases phases = new Phases(Duration.ZERO, Duration.ZERO, Duration.ofSeconds(2));
            this.run = run;
            this.recorder = run.record(
                    StagePlan.closed("toy", "routed", 1, phases), run.engine().scenarios("toy"));
        }

        @Override
        public List<Step> steps() {
            Load load = new Load(recorder, List.of(new Share(run.statements().selectPlayer(), 100)));
            Check check = new Check("toy reads", MEANING, this::check);
            return List.of(new Step(recorder.plan(), run.engine().closed(load)), run.judge(List.of(check)));
        }

        private CheckResult check() {
            return reads() > 0
                    ? CheckResult.valid("toy reads", reads() + " rows")
                    : CheckResult.invalid("toy reads", "none");
        }

        private long reads() {
            return recorder.measured().map(Stage::requests).orElse(0L);
        }

        @Override
        public Optional<Section> section(Set<String> busy) {
            return recorder.measured().map(stage -> new ToySection(reads()));
        }

        @Override
        public void close() {}
    }
}
