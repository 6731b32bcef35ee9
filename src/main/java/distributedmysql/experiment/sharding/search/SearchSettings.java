package distributedmysql.experiment.sharding.search;

import distributedmysql.config.Demand;
import distributedmysql.config.Demand.Item;
import distributedmysql.config.Phases;
import distributedmysql.config.PlannedTime;
import distributedmysql.config.PlannedTime.Amount;
import distributedmysql.config.ServerConnections;
import distributedmysql.config.Settings;
import distributedmysql.config.SettingsReader;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * Searches of all shards, and joins across them.
 *
 * @param players rows that are searched, over all shards
 * @param guilds rows that they are joined with
 * @param rate searches per second (open model)
 * @param phases of the searches
 * @param limit the most rows of a search
 * @param joins how many players are read with their guilds, one after the other
 */
public record SearchSettings(
        int players, int guilds, int rate, Phases phases, int limit, DeadShard deadShard, int joins) {
    /** Tables and rows. */
    static final Duration PREPARATION = Duration.ofSeconds(3);

    private static final String RATE = "sharding.search.rate";
    private static final Duration LEAST = Duration.ofSeconds(2);

    /** What becomes of a search if a shard does not answer. */
    public enum DeadShard {
        /** It fails. */
        ERROR,
        /** Its answer is what the others have, and says which is missing. */
        PARTIAL;

        String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** The section {@code sharding.search}. */
    public static SearchSettings read(SettingsReader reader) {
        return new SearchSettings(
                reader.integer("sharding.search.players", 100, 1_000_000),
                reader.integer("sharding.search.guilds", 1, 100_000),
                reader.integer(RATE, 1, 10_000),
                Phases.withoutRamp(reader, "sharding.search"),
                reader.integer("sharding.search.limit", 1, 1_000),
                reader.oneOf("sharding.search.dead-shard", DeadShard.class, DeadShard::label),
                reader.integer("sharding.search.joins", 1, 100_000));
    }

    /** About how long both parts take; nothing where there is one shard. */
    public PlannedTime time(Settings all) {
        return isPlayed(all)
                ? new PlannedTime(
                        PREPARATION
                                .plus(phases.warmUp())
                                .plus(PlannedTime.MARGIN)
                                .plus(PlannedTime.BETWEEN.multipliedBy(2)),
                        List.of(Amount.duration("sharding.search.steady", phases.steady(), LEAST, 1)))
                : PlannedTime.NOTHING;
    }

    /** Requests per second to all servers together. */
    public List<Demand> requests(Settings all) {
        return isPlayed(all)
                ? List.of(new Demand("search", RATE, List.of(new Item(RATE + " of every shard", rate * all.shards()))))
                : List.of();
    }

    /** Connections to one server. */
    public List<Demand> connections(Settings all) {
        return isPlayed(all) ? List.of(ServerConnections.pooled(all, "search")) : List.of();
    }

    private static boolean isPlayed(Settings all) {
        return all.shards() > 1 && !all.readOnly();
    }
}
