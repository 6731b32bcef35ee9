package distributedmysql.experiment.backup;

import distributedmysql.config.SettingsReader;
import distributedmysql.run.Experiment;
import distributedmysql.run.ExperimentRun;
import distributedmysql.run.TestRun;

/** Backups under load: each is restored, recovered to exact points, compared with its source, and judged by the ledger. */
public final class BackupExperiment implements Experiment {
    @Override
    public String key() {
        return "backup";
    }

    @Override
    public BackupSettings read(SettingsReader reader) {
        return BackupSettings.read(reader);
    }

    @Override
    public Class<BackupSection> section() {
        return BackupSection.class;
    }

    @Override
    public ExperimentRun prepare(TestRun run) {
        return new BackupRun(run, restored -> {});
    }
}
