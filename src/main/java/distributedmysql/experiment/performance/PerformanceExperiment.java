package distributedmysql.experiment.performance;

import distributedmysql.run.Experiment;
import distributedmysql.run.ExperimentRun;
import distributedmysql.run.TestRun;

/** What the servers carry: reads and a game's mix at fixed rates, and reads by rising numbers of connections. */
public final class PerformanceExperiment implements Experiment {
    @Override
    public String key() {
        return "performance";
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
