package distributedmysql.experiment.groupconsistency;

import distributedmysql.config.Settings;
import distributedmysql.config.SettingsReader;
import distributedmysql.run.Experiment;
import distributedmysql.run.ExperimentRun;
import distributedmysql.run.TestRun;
import java.util.List;

/** Writes and reads of a group under each level of {@code group_replication_consistency}: what it costs, and what it promises. */
public final class GroupConsistencyExperiment implements Experiment {
    @Override
    public String key() {
        return "group-consistency";
    }

    @Override
    public GroupConsistencySettings read(SettingsReader reader) {
        return GroupConsistencySettings.read(reader);
    }

    @Override
    public Class<GroupConsistencySection> section() {
        return GroupConsistencySection.class;
    }

    @Override
    public List<String> tables(Settings settings) {
        return List.of(GroupTable.TABLE);
    }

    @Override
    public ExperimentRun prepare(TestRun run) {
        run.shards().sayFirstOnly("group-consistency: the load goes", run::say);
        return new GroupConsistencyRun(run);
    }
}
