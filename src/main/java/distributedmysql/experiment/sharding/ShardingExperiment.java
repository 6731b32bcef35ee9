package distributedmysql.experiment.sharding;

import distributedmysql.config.Settings;
import distributedmysql.config.SettingsReader;
import distributedmysql.run.Experiment;
import distributedmysql.run.ExperimentRun;
import distributedmysql.run.TestRun;
import java.util.List;
import java.util.Map;

/** Which strategy suits which keys. */
public final class ShardingExperiment implements Experiment {
    @Override
    public String key() {
        return "sharding";
    }

    @Override
    public Map<String, String> formerKeys() {
        return Map.of("sharding.shards", "sharding.computed-shards");
    }

    @Override
    public ShardingSettings read(SettingsReader reader) {
        return ShardingSettings.read(reader);
    }

    @Override
    public Class<ShardingSection> section() {
        return ShardingSection.class;
    }

    @Override
    public List<String> tables(Settings settings) {
        return settings.shards() == 1 ? List.of() : ShardingRun.tables();
    }

    @Override
    public ExperimentRun prepare(TestRun run) {
        return new ShardingRun(run);
    }
}
