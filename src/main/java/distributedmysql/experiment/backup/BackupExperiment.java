package distributedmysql.experiment.backup;

import distributedmysql.backup.store.BackupStores;
import distributedmysql.config.Settings;
import distributedmysql.config.SettingsReader;
import distributedmysql.run.Experiment;
import distributedmysql.run.ExperimentRun;
import distributedmysql.run.TestRun;
import java.util.List;

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
    public List<String> require(Settings settings) {
        BackupSettings own = settings.of(BackupSettings.class);
        return BackupPermission.refused(settings, own).isPresent()
                ? List.of()
                : BackupStores.require(own.store(), System.getenv()).stream()
                        .map(why -> why + "; backups are made in "
                                + own.store().directory().orElseThrow() + " all the same, and the check \""
                                + BackupChecks.COPIED_NAME + "\" will say so")
                        .toList();
    }

    @Override
    public ExperimentRun prepare(TestRun run) {
        return new BackupRun(run, restored -> {});
    }
}
