package distributedmysql.experiment.consistency;

import distributedmysql.config.SettingsReader;
import distributedmysql.run.Experiment;
import distributedmysql.run.ExperimentRun;
import distributedmysql.run.TestRun;

/**
 * What a read is worth under each strategy, how far the replicas lag, and whether they hold what the primary holds; on servers
 * that may only be read, the last two.
 */
public final class ConsistencyExperiment implements Experiment {
    @Override
    public String key() {
        return "consistency";
    }

    @Override
    public ConsistencySettings read(SettingsReader reader) {
        return ConsistencySettings.read(reader);
    }

    @Override
    public Class<Consistency> section() {
        return Consistency.class;
    }

    @Override
    public ExperimentRun prepare(TestRun run) {
        if (run.settings().readOnly()) {
            return new ReadOnlyConsistencyRun(run);
        }
        run.shards().sayFirstOnly("consistency: the probes go", run::say);
        return new ProbeSteps(
                run, new ConsistencyRun(run.servers(), run.settings(), run.file("history_", ".jsonl.gz"), run::say));
    }
}
