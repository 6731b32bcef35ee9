package distributedmysql.simulations;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import distributedmysql.config.ExperimentSettings;
import distributedmysql.config.SettingsReader;
import distributedmysql.history.Outcome;
import distributedmysql.ledger.LedgerFigures;
import distributedmysql.ledger.LedgerLoad;
import distributedmysql.ledger.LedgerPlan;
import distributedmysql.ledger.LedgerPromise;
import distributedmysql.mysql.Mysql;
import distributedmysql.report.Section;
import distributedmysql.run.ClusterSimulation;
import distributedmysql.run.Experiment;
import distributedmysql.run.ExperimentRun;
import distributedmysql.run.Step;
import distributedmysql.run.TestRun;
import distributedmysql.topology.Await;
import java.time.Duration;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/** What {@link LedgerToySimulationIT} plays: under the ledger's load, somebody deletes rows that were acknowledged. */
public final class LedgerToySimulation extends ClusterSimulation {
    public LedgerToySimulation() {
        super(new LedgerToy());
        play();
    }

    static final class LedgerToy implements Experiment {
        @Override
        public String key() {
            return "ledger-toy";
        }

        @Override
        public String defaults() {
            return "ledger-toy { deleted = 0 }";
        }

        @Override
        public LedgerToySettings read(SettingsReader reader) {
            return new LedgerToySettings(reader.integer("ledger-toy.deleted", 0, 100));
        }

        @Override
        public Class<LedgerToySection> section() {
            return LedgerToySection.class;
        }

        @Override
        public ExperimentRun prepare(TestRun run) {
            return new LedgerToyRun(run);
        }
    }

    /** @param deleted how many of the first writes */
    private record LedgerToySettings(int deleted) implements ExperimentSettings {}

    @JsonClassDescription("What became of the ledger's writes.")
    public record LedgerToySection(
            @JsonPropertyDescription("By number.") LedgerFigures ledger) implements Section {
        @Override
        public List<String> console(UnaryOperator<String> mark) {
            return List.of();
        }
    }

    private static final class LedgerToyRun implements ExperimentRun {
        private final TestRun run;
        private final LedgerLoad ledger;

        LedgerToyRun(TestRun run) {
            this.run = run;
            this.ledger = new LedgerLoad(run, LedgerPlan.patient(100, 50, run.settings(), Duration.ofSeconds(30)));
        }

        @Override
        public List<Step> steps() {
            Duration second = Duration.ofSeconds(1);
            Duration load = Duration.ofSeconds(2);
            return List.of(
                    run.alone("toy: making the ledger", second, ledger::create),
                    ledger.step(run, "toy: deleting rows", load.plus(second), load, this::deleteRows),
                    run.alone("toy: reading what every server has", second, ledger::readNodes),
                    run.judge(ledger.checks(LedgerPromise.ALL, "toy")));
        }

        private void deleteRows() {
            int first = run.settings().of(LedgerToySettings.class).deleted();
            Await.of("the first " + first + " acknowledgements", Duration.ofSeconds(30))
                    .whileRunGoesOn()
                    .until(() -> acknowledged().nextClearBit(1) > first, () -> acknowledged() + " are acknowledged");
            Mysql.execute(
                    run.replicaSet().primary(), "DELETE FROM " + ledger.table().name() + " WHERE write_id <= " + first);
        }

        private BitSet acknowledged() {
            BitSet ids = new BitSet();
            ledger.ledger()
                    .forEachWrite(
                            write -> ids.set((int) write.id(), write.ending().outcome() == Outcome.OK));
            return ids;
        }

        @Override
        public Optional<Section> section(Set<String> busy) {
            return Optional.of(new LedgerToySection(ledger.figures()));
        }

        @Override
        public void close() {
            ledger.close();
        }
    }
}
