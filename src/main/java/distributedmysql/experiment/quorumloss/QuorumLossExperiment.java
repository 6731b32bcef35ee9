package distributedmysql.experiment.quorumloss;

import distributedmysql.config.SettingsReader;
import distributedmysql.run.Experiment;
import distributedmysql.run.ExperimentRun;
import distributedmysql.run.TestRun;

/** All members of a group but the primary are killed under load: it acknowledges nothing, and is made a group again. */
public final class QuorumLossExperiment implements Experiment {
    @Override
    public String key() {
        return "quorum-loss";
    }

    @Override
    public QuorumLossSettings read(SettingsReader reader) {
        return QuorumLossSettings.read(reader);
    }

    @Override
    public Class<QuorumLossSection> section() {
        return QuorumLossSection.class;
    }

    @Override
    public ExperimentRun prepare(TestRun run) {
        run.shards().sayFirstOnly("quorum-loss: the load goes", run::say);
        return new QuorumLossRun(run);
    }
}
