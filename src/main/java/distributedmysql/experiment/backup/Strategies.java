package distributedmysql.experiment.backup;

import distributedmysql.backup.BackupStrategy;
import distributedmysql.experiment.backup.BackupSettings.Strategy;
import distributedmysql.mysql.Node;
import distributedmysql.run.TestRun;
import distributedmysql.topology.ReplicaSet;
import distributedmysql.topology.Role;
import java.util.List;
import java.util.Optional;

/** The ways to make full backups that the settings name, on the servers of a run. */
final class Strategies {
    private final ConfiguredStrategies configured;
    private final BackupSettings settings;
    private final List<ReplicaSet> shards;

    Strategies(TestRun run) {
        this.configured = new ConfiguredStrategies(
                run.settings(), run.servers().deployment().spares(), run.events());
        this.settings = run.settings().of(BackupSettings.class);
        this.shards = run.shards().all();
    }

    BackupStrategy of(Strategy strategy) {
        return configured.of(strategy);
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
}
