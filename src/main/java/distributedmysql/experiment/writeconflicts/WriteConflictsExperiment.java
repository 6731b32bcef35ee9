package distributedmysql.experiment.writeconflicts;

import distributedmysql.config.Settings;
import distributedmysql.config.SettingsReader;
import distributedmysql.run.Experiment;
import distributedmysql.run.ExperimentRun;
import distributedmysql.run.TestRun;
import java.util.List;

/** Writes of all members of a group that meet on the same rows: how many are rolled back, and that the others are there. */
public final class WriteConflictsExperiment implements Experiment {
    @Override
    public String key() {
        return "write-conflicts";
    }

    @Override
    public WriteConflictsSettings read(SettingsReader reader) {
        return WriteConflictsSettings.read(reader);
    }

    @Override
    public Class<WriteConflictsSection> section() {
        return WriteConflictsSection.class;
    }

    @Override
    public List<String> tables(Settings settings) {
        return List.of(CounterTable.TABLE);
    }

    @Override
    public ExperimentRun prepare(TestRun run) {
        run.shards().sayFirstOnly("write-conflicts: the load goes", run::say);
        return new WriteConflictsRun(run);
    }
}
