package distributedmysql.experiment.sharding.resharding;

import distributedmysql.config.ConnectionSettings;
import distributedmysql.config.Demand;
import distributedmysql.config.Demand.Item;
import distributedmysql.config.PlannedTime;
import distributedmysql.config.PlannedTime.Amount;
import distributedmysql.config.ServerConnections;
import distributedmysql.config.Settings;
import distributedmysql.config.SettingsReader;
import distributedmysql.config.ShardSettings.Strategy;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;

/**
 * Shards that are added under load.
 *
 * @param rounds how often; 0 for not at all
 * @param strategies by which keys belong to shards, from round to round in turn
 * @param points of each shard on a ring
 * @param seed of the first round's ring; each round has another one
 * @param rows that are there before a round begins
 * @param writeRate numbered writes per second that arrive (open model)
 * @param clients that send them
 * @param before how long they arrive before a shard is added
 * @param after how long they arrive after that
 * @param resendFor how long a client sends a write again that is refused because of an old map
 * @param pacing of the copy
 * @param deadline for each round's resharding, whatever fails meanwhile
 * @param hook another program's resharding in place of ours: a command for a shell; empty for none
 * @param kills who is killed while rows are copied, from round to round in turn
 */
public record ReshardingSettings(
        int rounds,
        List<Strategy> strategies,
        int points,
        int seed,
        int rows,
        int writeRate,
        int clients,
        Duration before,
        Duration after,
        Duration resendFor,
        Pacing pacing,
        Duration deadline,
        String hook,
        List<Kill> kills) {
    private static final String KILLS = "sharding.resharding.kills";

    static final String HOOK = "sharding.resharding.hooks.reshard";

    private static final String PREFIX = "sharding.resharding.";
    /** Two that lose keys, and one that gets them. */
    static final int LEAST_SHARDS = 3;

    private static final Duration LEAST = Duration.ofSeconds(1);

    /** Table and rows are made, the rows are moved, every server is read. */
    private static final Duration AROUND = Duration.ofSeconds(6);

    /** How long writes arrive before {@code before} begins. */
    static final Duration WARM_UP = Duration.ofSeconds(1);

    private static final int ROWS_PER_SECOND = 10_000;

    public static ReshardingSettings read(SettingsReader reader) {
        return new ReshardingSettings(
                reader.integer(PREFIX + "rounds", 0, 1_000),
                reader.manyOf(PREFIX + "strategies", EnumSet.allOf(Strategy.class), Strategy::label),
                reader.integer(PREFIX + "points", 1, 10_000),
                reader.integer(PREFIX + "seed", 0, Integer.MAX_VALUE - 1_000),
                reader.integer(PREFIX + "rows", 1_000, 10_000_000),
                reader.integer(PREFIX + "write-rate", 10, 100_000),
                reader.integer(PREFIX + "clients", 1, 1_000),
                reader.duration(PREFIX + "before", LEAST, Settings.HOUR),
                reader.duration(PREFIX + "after", LEAST, Settings.HOUR),
                reader.duration(PREFIX + "resend-for", Duration.ZERO, Settings.HOUR),
                new Pacing(
                        reader.integer(PREFIX + "chunk", 100, 100_000),
                        reader.integer(PREFIX + "pace", 0, Integer.MAX_VALUE),
                        reader.integer(PREFIX + "switch-below", 0, 1_000)),
                reader.duration(PREFIX + "deadline", LEAST, Settings.HOUR),
                reader.text(HOOK, "a command for a shell", text -> true).strip(),
                reader.manyOf(KILLS, EnumSet.allOf(Kill.class), Kill::label));
    }

    /** About how long all rounds take. */
    public PlannedTime time(Settings settings) {
        return isNotPlayed(settings)
                ? PlannedTime.NOTHING
                : new PlannedTime(PlannedTime.BETWEEN, List.of(Amount.rounds(PREFIX + "rounds", rounds, round())));
    }

    /** About how long a round takes. */
    Duration round() {
        return AROUND.plus(WARM_UP)
                .plusSeconds(rows / ROWS_PER_SECOND)
                .plus(before)
                .plus(after);
    }

    /** @throws distributedmysql.config.SettingsException if values do not go together */
    public void refuseImpossible(SettingsReader reader) {
        if (rounds > 0 && rounds < kills.size()) {
            throw reader.refusedTogether(
                    KILLS + " has one for each round in turn, so " + PREFIX + "rounds must be at least " + kills.size(),
                    KILLS,
                    PREFIX + "rounds");
        }
        if (!hook.isEmpty() && kills.contains(Kill.COORDINATOR)) {
            throw reader.refusedTogether(
                    "the coordinator is ours, so " + KILLS + " must not have coordinator where " + HOOK
                            + " is not empty",
                    KILLS,
                    HOOK);
        }
    }

    public boolean killsServers() {
        return rounds > 0 && kills.stream().anyMatch(Kill::isServer);
    }

    /** On fewer shards there is nothing to be added to. */
    private boolean isNotPlayed(Settings settings) {
        return rounds == 0 || settings.shards() < LEAST_SHARDS;
    }

    public List<Demand> requests(Settings settings) {
        return isNotPlayed(settings) ? List.of() : List.of(Demand.one(PREFIX + "write-rate", writeRate));
    }

    /** To one server: movers of all sources, and the coordinator. */
    public List<Demand> connections(Settings settings) {
        return isNotPlayed(settings)
                ? List.of()
                : List.of(new Demand(
                        "resharding",
                        PREFIX + "clients",
                        List.of(
                                new Item(PREFIX + "clients", clients),
                                ServerConnections.idle(settings),
                                new Item("movers", settings.shards() + 2),
                                ServerConnections.administration(settings))));
    }

    /** Of the clients: one each; all else is the user's, {@code connection.pool-timeout} too. */
    ConnectionSettings connection(ConnectionSettings run) {
        return new ConnectionSettings(
                clients,
                run.poolTimeout(),
                run.connectTimeout(),
                run.socketTimeout(),
                run.statementTimeout(),
                run.serverPreparedStatements(),
                run.sslMode(),
                run.caFile(),
                run.trustStorePasswordEnv());
    }

    /** @param round from 1 on */
    Kill kill(int round) {
        return kills.get((round - 1) % kills.size());
    }

    /** @param round from 1 on */
    Strategy strategy(int round) {
        return strategies.get((round - 1) % strategies.size());
    }
}
