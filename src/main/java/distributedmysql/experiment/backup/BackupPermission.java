package distributedmysql.experiment.backup;

import distributedmysql.config.Settings;
import distributedmysql.config.TopologyKind;
import java.util.Optional;

/** Whether the settings let servers be backed up: those that are not ours only by the user's own commands, or if faults are allowed. */
final class BackupPermission {
    private BackupPermission() {}

    /** Why not, in words; empty if they do. */
    static Optional<String> refused(Settings settings, BackupSettings own) {
        if (settings.topology() != TopologyKind.EXTERNAL) {
            return Optional.empty();
        }
        if (settings.external().readOnly()) {
            return Optional.of("external.read-only = true, and a backup is judged by what was written meanwhile");
        }
        return settings.external().allowFaults() || own.hooks().areGiven()
                ? Optional.empty()
                : Optional.of(
                        "external.allow-faults = false and backup.hooks.full is empty, so nothing says that these servers"
                                + " may be backed up");
    }
}
