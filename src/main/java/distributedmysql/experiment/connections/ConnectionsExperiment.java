package distributedmysql.experiment.connections;

import distributedmysql.config.SettingsReader;
import distributedmysql.run.Experiment;
import distributedmysql.run.ExperimentRun;
import distributedmysql.run.TestRun;
import java.util.Map;

/** Rising numbers of connections to the primary, up to its limit and beyond. */
public final class ConnectionsExperiment implements Experiment {
    @Override
    public String key() {
        return "connections";
    }

    @Override
    public Map<String, String> formerKeys() {
        return Map.of("stability.connections", "connections");
    }

    @Override
    public ConnectionsSettings read(SettingsReader reader) {
        return ConnectionsSettings.read(reader);
    }

    @Override
    public Class<ConnectionsSection> section() {
        return ConnectionsSection.class;
    }

    @Override
    public ExperimentRun prepare(TestRun run) {
        return new ConnectionsSteps(run);
    }
}
