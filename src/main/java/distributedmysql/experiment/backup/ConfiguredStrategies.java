package distributedmysql.experiment.backup;

import distributedmysql.backup.BackupStrategy;
import distributedmysql.backup.CloneBackup;
import distributedmysql.backup.DumpBackup;
import distributedmysql.backup.HookBackup;
import distributedmysql.backup.store.KeySource;
import distributedmysql.config.Settings;
import distributedmysql.experiment.backup.BackupSettings.Strategy;
import distributedmysql.history.EventLog;
import distributedmysql.topology.SpareServers;
import distributedmysql.topology.external.Hook;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * The ways to make full backups and to restore them, as the settings have them.
 *
 * @param events when a command of the user's begins and how it ends is added to
 */
public record ConfiguredStrategies(Settings all, SpareServers spares, EventLog events) {
    /** Does nothing yet. */
    public BackupStrategy of(Strategy strategy) {
        return switch (strategy) {
            case CLONE -> new CloneBackup(spares, settings().deadline());
            case DUMP -> new DumpBackup(spares, settings().deadline());
            case HOOKS -> hooks();
        };
    }

    /** @throws IllegalArgumentException if there is no {@code backup.hooks.restore} */
    public HookBackup hooks() {
        BackupSettings.Hooks commands = settings().hooks();
        return new HookBackup(
                spares,
                new HookBackup.Hooks(
                        hook("full", commands.full()),
                        hook("incremental", commands.incremental()),
                        hook("prepare", commands.prepare()),
                        hook("restore", commands.restore())
                                .orElseThrow(() -> new IllegalArgumentException("no command restores")),
                        commands.intoServer()),
                settings().deadline());
    }

    private BackupSettings settings() {
        return all.of(BackupSettings.class);
    }

    private Optional<Hook> hook(String name, String command) {
        Set<String> withheld = new HashSet<>(
                Set.of(all.external().passwordEnv(), all.connection().trustStorePasswordEnv()));
        settings().store().key().flatMap(KeySource::variable).ifPresent(withheld::add);
        return command.isEmpty()
                ? Optional.empty()
                : Optional.of(new Hook(BackupSettings.PREFIX + "hooks." + name, command, withheld, events));
    }
}
