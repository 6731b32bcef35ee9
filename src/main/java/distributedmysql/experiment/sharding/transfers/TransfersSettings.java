package distributedmysql.experiment.sharding.transfers;

import distributedmysql.config.Demand;
import distributedmysql.config.Demand.Item;
import distributedmysql.config.PlannedTime;
import distributedmysql.config.Settings;
import distributedmysql.config.SettingsReader;
import distributedmysql.config.ShardSettings;
import distributedmysql.shard.ShardMap;
import distributedmysql.shard.ShardStrategy;
import java.time.Duration;
import java.util.List;

/**
 * What is transferred, and how often clients are killed.
 *
 * @param accounts numbered from 1 on; the shard map says where each belongs
 * @param clients who make one transfer after the other (closed model)
 * @param transfers of each way
 * @param kills of clients of each way
 * @param deadline of each wait, such as that for the recovery
 */
public record TransfersSettings(int accounts, int clients, int transfers, int kills, Duration deadline) {
    private static final String ACCOUNTS = "sharding.transfers.accounts";
    private static final String CLIENTS = "sharding.transfers.clients";
    private static final String TRANSFERS = "sharding.transfers.transfers";
    private static final String KILLS = "sharding.transfers.kills";

    /** So that clients are killed among many that live, and both points of XA are met. */
    private static final int TRANSFERS_PER_KILL = 10;

    /** As measured with fsync at every commit, on average of both ways. */
    private static final Duration EACH = Duration.ofMillis(80);

    /** @throws distributedmysql.config.SettingsException if one is missing or not allowed */
    public static TransfersSettings read(SettingsReader reader) {
        return new TransfersSettings(
                reader.integer(ACCOUNTS, 2, 1_000_000),
                reader.integer(CLIENTS, 1, 200),
                reader.integer(TRANSFERS, 20, 10_000_000),
                reader.integer(KILLS, 2, 10_000),
                reader.duration("sharding.transfers.deadline", Duration.ofSeconds(1), Settings.HOUR));
    }

    /**
     * Refuses what does not go together.
     *
     * @throws distributedmysql.config.SettingsException if something does not
     */
    public void refuseImpossible(Settings settings, SettingsReader reader) {
        if (transfers < TRANSFERS_PER_KILL * (long) kills) {
            throw reader.refusedTogether(
                    TRANSFERS + " must be at least " + TRANSFERS_PER_KILL + " times " + KILLS
                            + ", so that may be at most " + transfers / TRANSFERS_PER_KILL,
                    TRANSFERS,
                    KILLS);
        }
        ShardSettings shards = settings.sharing();
        if (shards.count() > 1
                && TransferPlan.accounts(accounts, new ShardMap(1, ShardStrategy.of(shards)))
                                .size()
                        < 2) {
            throw reader.refusedTogether(
                    "the accounts from 1 to " + ACCOUNTS + " must not all belong to one shard",
                    ACCOUNTS,
                    "shards.strategy");
        }
    }

    /** About how long it takes, where there are several shards. */
    public Duration time(Settings settings) {
        return settings.shards() == 1
                ? Duration.ZERO
                : load().multipliedBy(2).plus(PlannedTime.BETWEEN.multipliedBy(10));
    }

    /** About how long the transfers of one way take. */
    Duration load() {
        return EACH.multipliedBy(transfers).dividedBy(clients);
    }

    /** The most connections to one server at the same time. */
    public Demand connections() {
        // One for its half of a transfer, and one for decisions.
        int each = 2;
        return new Demand(
                "transfers across shards",
                CLIENTS,
                List.of(new Item(CLIENTS + " (connections each: " + each + ")", each * clients)));
    }
}
