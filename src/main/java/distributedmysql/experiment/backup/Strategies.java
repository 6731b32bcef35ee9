package distributedmysql.experiment.backup;

import distributedmysql.backup.BackupStrategy;
import distributedmysql.backup.CloneBackup;
import distributedmysql.backup.DumpBackup;
import distributedmysql.backup.HookBackup;
import distributedmysql.backup.store.KeySource;
import distributedmysql.config.Settings;
import distributedmysql.experiment.backup.BackupSettings.Strategy;
import distributedmysql.history.EventLog;
import distributedmysql.mysql.Node;
import distributedmysql.run.TestRun;
import distributedmysql.topology.ReplicaSet;
import distributedmysql.topology.Role;
import distributedmysql.topology.SpareServers;
import distributedmysql.topology.external.Hook;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The ways to make full backups that the settings name, on the servers of a run. */
final class Strategies {
    private final Settings all;
    private final BackupSettings settings;
    private final SpareServers spares;
    private final List<ReplicaSet> shards;
    private final EventLog events;

    Strategies(TestRun run) {
        this.all = run.settings();
        this.settings = all.of(BackupSettings.class);
        this.spares = run.servers().deployment().spares();
        this.shards = run.shards().all();
        this.events = run.events();
    }

    BackupStrategy of(Strategy strategy) {
        return switch (strategy) {
            case CLONE -> new CloneBackup(spares, settings.deadline());
            case DUMP -> new DumpBackup(spares, settings.deadline());
            case HOOKS ->
                new HookBackup(
                        spares,
                        new HookBackup.Hooks(
                                hook("full", settings.hooks().full()).orElseThrow(),
                                hook("incremental", settings.hooks().incremental()),
                                hook("prepare", settings.hooks().prepare()),
                                hook("restore", settings.hooks().restore()).orElseThrow(),
                                settings.hooks().intoServer()),
                        settings.deadline());
        };
    }

    /** Why one of the servers cannot be backed up so; empty if each can. */
    Optional<String> impossible(Strategy strategy) {
        BackupStrategy way = of(strategy);
        return shards.stream()
                .map(shard -> source(settings, shard))
                .flatMap(source -> way.impossible(source).map(why -> source + ": " + why).stream())
                .findFirst();
    }

    /** The server of a shard that is backed up. */
    static Node source(BackupSettings settings, ReplicaSet shard) {
        return settings.source() == Role.REPLICA ? shard.replicas().get(0) : shard.primary();
    }

    private Optional<Hook> hook(String name, String command) {
        Set<String> withheld = new HashSet<>(
                Set.of(all.external().passwordEnv(), all.connection().trustStorePasswordEnv()));
        settings.store().key().flatMap(KeySource::variable).ifPresent(withheld::add);
        return command.isEmpty()
                ? Optional.empty()
                : Optional.of(new Hook(BackupSettings.PREFIX + "hooks." + name, command, withheld, events));
    }
}
