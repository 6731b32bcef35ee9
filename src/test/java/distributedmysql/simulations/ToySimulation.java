package distributedmysql.simulations;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import distributedmysql.check.CheckResult;
import distributedmysql.check.Meaning;
import distributedmysql.config.Demand;
import distributedmysql.config.ExperimentSettings;
import distributedmysql.config.Phases;
import distributedmysql.config.PlannedTime;
import distributedmysql.config.PlannedTime.Amount;
import distributedmysql.config.Plural;
import distributedmysql.config.Settings;
import distributedmysql.config.SettingsReader;
import distributedmysql.gatling.Load;
import distributedmysql.load.data.Share;
import distributedmysql.load.record.StagePlan;
import distributedmysql.load.record.StageRecorder;
import distributedmysql.report.Section;
import distributedmysql.report.Stage;
import distributedmysql.run.Check;
import distributedmysql.run.ClusterSimulation;
import distributedmysql.run.Experiment;
import distributedmysql.run.ExperimentRun;
import distributedmysql.run.Step;
import distributedmysql.run.TestRun;
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

    /** Users arrive at a fixed rate, and each reads one row. */
    static final class Toy implements Experiment {
        @Override
        public String key() {
            return "toy-reads";
        }

        @Override
        public String defaults() {
            return "toy-reads { rate = 50, duration = 2s }";
        }

        @Override
        public ToySettings read(SettingsReader reader) {
            return new ToySettings(
                    reader.integer("toy-reads.rate", 1, 10_000),
                    reader.duration("toy-reads.duration", Duration.ofSeconds(1), Settings.HOUR));
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

    /** @param rate reads per second */
    private record ToySettings(int rate, Duration duration) implements ExperimentSettings {
        @Override
        public PlannedTime time(Settings settings) {
            return new PlannedTime(
                    PlannedTime.MARGIN.plus(PlannedTime.BETWEEN),
                    List.of(Amount.duration("toy-reads.duration", duration, Duration.ofSeconds(1), 1)));
        }

        @Override
        public List<Demand> requests(Settings settings, int replicas) {
            return List.of(Demand.one("toy-reads.rate", rate));
        }
    }

    /** What was read. */
    @JsonClassDescription("What was read.")
    public record ToySection(
            @JsonPropertyDescription("Reads that were answered.")
            long reads) implements Section {
        @Override
        public List<String> console(UnaryOperator<String> mark) {
            return List.of("Toy: read " + Plural.of(reads, "row") + mark.apply("toy"));
        }
    }

    private static final class ToyRun implements ExperimentRun {
        private static final Meaning MEANING =
                new Meaning("Nothing was read.", "It is never unknown.", "Look at the errors of the stage.");

        private final TestRun run;
        private final StageRecorder recorder;

        ToyRun(TestRun run) {
            ToySettings settings = run.settings().of(ToySettings.class);
            Phases phases = new Phases(Duration.ZERO, Duration.ZERO, settings.duration());
            this.run = run;
            this.recorder = run.record(
                    StagePlan.open("toy", run.settings().load().engine().label(), settings.rate(), phases),
                    run.engine().scenarios("toy"));
        }

        @Override
        public List<Step> steps() {
            Load load = new Load(recorder, List.of(new Share(run.statements().selectPlayer(), 100)));
            Check check = new Check("toy reads", MEANING, this::check);
            return List.of(new Step(recorder.plan(), run.engine().open(load)), run.judge(List.of(check)));
        }

        private CheckResult check() {
            return reads() > 0
                    ? CheckResult.valid("toy reads", Plural.of(reads(), "row"))
                    : CheckResult.invalid("toy reads", "none");
        }

        private long reads() {
            return recorder.measured().map(Stage::of).map(Stage::requests).orElse(0L);
        }

        @Override
        public Optional<Section> section(Set<String> busy) {
            return recorder.measured().map(stage -> new ToySection(reads()));
        }

        @Override
        public void close() {}
    }
}
