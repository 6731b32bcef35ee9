package distributedmysql.experiment.backup;

import distributedmysql.backup.store.StoreSettings;
import distributedmysql.config.Demand;
import distributedmysql.config.Demand.Item;
import distributedmysql.config.ExperimentSettings;
import distributedmysql.config.PlannedTime;
import distributedmysql.config.PlannedTime.Amount;
import distributedmysql.config.ServerConnections;
import distributedmysql.config.Settings;
import distributedmysql.config.SettingsReader;
import distributedmysql.ledger.LedgerPlan;
import distributedmysql.topology.Role;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;

/**
 * Backups under load, and what is done with them.
 *
 * @param strategies a full backup by each, one after the other
 * @param source of which role the server is that is backed up, in each shard
 * @param writeRate numbered writes per second to the primaries (open model)
 * @param readRate reads of them per second from the replicas (open model)
 * @param loadRate requests per second of the mixed load (open model)
 * @param before how long the load goes on before the first backup
 * @param during how long it goes on while backups are made
 * @param after how long it goes on after that; binary logs are shipped at its end too
 * @param shipInterval how often the binary log is closed and shipped
 * @param recoveries to how many random GTIDs is recovered, in each shard
 * @param seed of the choice of these
 * @param rehearseDelete whether a DELETE without WHERE is rehearsed
 * @param deadline for each of these: a backup, a restore, a recovery, the comparison of a table
 * @param store where backups are stored
 * @param hooks the user's own commands
 */
public record BackupSettings(
        List<Strategy> strategies,
        Role source,
        int writeRate,
        int readRate,
        int loadRate,
        Duration before,
        Duration during,
        Duration after,
        Duration shipInterval,
        int recoveries,
        int seed,
        boolean rehearseDelete,
        Duration deadline,
        StoreSettings store,
        Hooks hooks)
        implements ExperimentSettings {
    static final String PREFIX = "backup.";
    private static final Duration SECOND = Duration.ofSeconds(1);

    /** To restore a backup, to start a server on it, to bring the witness to its position, to compare the tables. */
    private static final Duration VERIFICATION = Duration.ofSeconds(4);

    /** To copy the source's data, and to start a server on them. */
    private static final Duration WITNESS = Duration.ofSeconds(2);

    private static final Duration RECOVERY = Duration.ofSeconds(4);
    private static final Duration REHEARSAL = Duration.ofSeconds(3);

    /** How a full backup is made. */
    public enum Strategy {
        CLONE,
        DUMP,
        HOOKS;

        /** As in the settings and in manifests. */
        String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * Commands for a shell; empty where there is none.
     *
     * @param full makes a full backup
     * @param prepare what it has made, so that a server can start on it
     * @param restore makes the files of a server of it, or fills a server
     * @param intoServer whether it fills a server, which runs already, and is empty
     */
    public record Hooks(String full, String incremental, String prepare, String restore, boolean intoServer) {
        private static Hooks read(SettingsReader reader) {
            return new Hooks(
                    hook(reader, "full"),
                    hook(reader, "incremental"),
                    hook(reader, "prepare"),
                    hook(reader, "restore"),
                    reader.flag(PREFIX + "hooks.into-server"));
        }

        private static String hook(SettingsReader reader, String name) {
            return reader.text(PREFIX + "hooks." + name, "a command for a shell", text -> true)
                    .strip();
        }

        boolean areGiven() {
            return !full.isEmpty();
        }
    }

    static BackupSettings read(SettingsReader reader) {
        return new BackupSettings(
                reader.manyOf(PREFIX + "strategies", EnumSet.allOf(Strategy.class), Strategy::label),
                reader.oneOf(PREFIX + "source", Role.class, Role::label),
                reader.integer(PREFIX + "write-rate", 10, 100_000),
                reader.integer(PREFIX + "read-rate", 10, 100_000),
                reader.integer(PREFIX + "load-rate", 1, 1_000_000),
                reader.duration(PREFIX + "before", SECOND, Settings.HOUR),
                reader.duration(PREFIX + "during", SECOND, Settings.DAY),
                reader.duration(PREFIX + "after", SECOND, Settings.HOUR),
                reader.duration(PREFIX + "ship-interval", SECOND, Settings.HOUR),
                reader.integer(PREFIX + "recoveries", 0, 1_000),
                reader.integer(PREFIX + "seed", 0, Integer.MAX_VALUE),
                reader.flag(PREFIX + "rehearse-delete"),
                reader.duration(PREFIX + "deadline", Duration.ofSeconds(10), Settings.DAY),
                StoreSettings.read(reader),
                Hooks.read(reader));
    }

    @Override
    public void refuseImpossible(Settings settings, SettingsReader reader) {
        boolean hooked = strategies.contains(Strategy.HOOKS);
        if (hooked && (hooks.full.isEmpty() || hooks.restore.isEmpty())) {
            throw reader.refusedTogether(
                    "the strategy hooks needs the commands backup.hooks.full and backup.hooks.restore",
                    "backup.strategies",
                    "backup.hooks.full",
                    "backup.hooks.restore");
        }
        if (!hooked && hooks.areGiven()) {
            throw reader.refusedTogether(
                    "backup.strategies must have hooks, or backup.hooks.full must be empty",
                    "backup.strategies",
                    "backup.hooks.full");
        }
    }

    /** How long the load goes on. */
    Duration load() {
        return before.plus(during).plus(after);
    }

    /** About how long it takes until everything is restored, recovered, compared and judged. */
    Duration verification(int shards) {
        return VERIFICATION
                .multipliedBy(strategies.size())
                .plus(WITNESS)
                .plus(RECOVERY.multipliedBy(recoveries))
                .plus(rehearseDelete ? REHEARSAL : Duration.ZERO)
                .multipliedBy(shards);
    }

    @Override
    public PlannedTime time(Settings settings) {
        return isNotPlayed(settings)
                ? PlannedTime.NOTHING
                : new PlannedTime(
                        UnderLoad.WARM_UP
                                .plus(before)
                                .plus(after)
                                .plus(verification(settings.shards()))
                                .plus(PlannedTime.MARGIN)
                                .plus(PlannedTime.BETWEEN.multipliedBy(4)),
                        List.of(Amount.duration(PREFIX + "during", during, Duration.ofSeconds(5), 1)));
    }

    @Override
    public List<Demand> requests(Settings settings, int replicas) {
        return isNotPlayed(settings)
                ? List.of()
                : List.of(new Demand(
                        "backup",
                        PREFIX + "load-rate",
                        List.of(
                                Item.mixed(PREFIX + "load-rate", loadRate),
                                new Item(PREFIX + "write-rate", writeRate),
                                new Item(PREFIX + "read-rate", readRate))));
    }

    @Override
    public List<Demand> connections(Settings settings, int replicas) {
        if (isNotPlayed(settings)) {
            return List.of();
        }
        int ledger = ServerConnections.ways(settings)
                * Math.min(LedgerPlan.POOL_SIZE, settings.connection().poolSize());
        return List.of(ServerConnections.pooled(
                settings,
                "backup",
                new Item("numbered writes and reads", ledger),
                new Item("backups and replication lag", 8)));
    }

    @Override
    public List<String> waiting(Settings settings) {
        return isNotPlayed(settings) ? List.of() : List.of("full backups, and the shipping of binary logs");
    }

    /** On servers that are not ours. */
    private boolean isNotPlayed(Settings settings) {
        return BackupPermission.refused(settings, this).isPresent();
    }
}
