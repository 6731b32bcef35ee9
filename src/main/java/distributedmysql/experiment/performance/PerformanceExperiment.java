package distributedmysql.experiment.performance;

import distributedmysql.config.SettingsReader;
import distributedmysql.run.Experiment;
import distributedmysql.run.ExperimentRun;
import distributedmysql.run.TestRun;
import java.util.Map;

/** What the servers carry: reads and a game's mix at fixed rates, and reads by rising numbers of connections. */
public final class PerformanceExperiment implements Experiment {
    @Override
    public String key() {
        return "performance";
    }

    @Override
    public Map<String, String> formerKeys() {
        return Map.of(
                "performance.engine", "load.engine",
                "performance.max-error-percent", "load.max-error-percent");
    }

    @Override
    public PerformanceSettings read(SettingsReader reader) {
        return PerformanceSettings.read(reader);
    }

    @Override
    public Class<Performance> section() {
        return Performance.class;
    }

    @Override
    public ExperimentRun prepare(TestRun run) {
        return new PerformanceRun(run);
    }
}
