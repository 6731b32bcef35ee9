package distributedmysql.experiment.soak;

import distributedmysql.run.Experiment;
import distributedmysql.run.ExperimentRun;
import distributedmysql.run.TestRun;

/** A mixed load at a fixed rate in which nothing may drift or leak. */
public final class SoakExperiment implements Experiment {
    @Override
    public String key() {
        return "soak";
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
