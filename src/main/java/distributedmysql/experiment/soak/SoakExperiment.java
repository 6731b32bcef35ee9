package distributedmysql.experiment.soak;

import distributedmysql.config.SettingsReader;
import distributedmysql.run.Experiment;
import distributedmysql.run.ExperimentRun;
import distributedmysql.run.TestRun;
import java.util.Map;

/** A mixed load at a fixed rate in which nothing may drift or leak. */
public final class SoakExperiment implements Experiment {
    @Override
    public String key() {
        return "soak";
    }

    @Override
    public Map<String, String> formerKeys() {
        return Map.of("stability.soak", "soak", "stability.leaks", "soak.leaks");
    }

    @Override
    public SoakSettings read(SettingsReader reader) {
        return SoakSettings.read(reader);
    }

    @Override
    public Class<SoakSection> section() {
        return SoakSection.class;
    }

    @Override
    public ExperimentRun prepare(TestRun run) {
        return new SoakSteps(run);
    }
}
