package distributedmysql.experiment.sharding;

import distributedmysql.config.Demand;
import distributedmysql.config.ExperimentSettings;
import distributedmysql.config.PlannedTime;
import distributedmysql.config.Settings;
import distributedmysql.config.SettingsReader;
import java.util.List;

/**
 * The keys that are shared out.
 *
 * @param shards of what is computed, before one is added; no server is one of them
 * @param points of each shard on a ring
 * @param seed of what is drawn by lot
 * @param zipfExponent how much more often hot keys are asked for than others: the key of rank r gets 1/r^exponent of the load
 * @param parts where there are several shards
 */
public record ShardingSettings(
        int shards,
        int points,
        long seed,
        Sequential sequential,
        Random random,
        Clustered clustered,
        double zipfExponent,
        PartSettings parts)
        implements ExperimentSettings {
    private static final int MOST_KEYS = 10_000_000;

    /** 1, 2, 3 and so on. */
    public record Sequential(int keys) {}

    /** Different ones, from the least to the greatest that there may be. */
    public record Random(int keys, int from, int to) {}

    /**
     * @param size keys of one cluster
     * @param from the first key
     * @param apart from the first key of a cluster to that of the next
     */
    public record Clustered(int clusters, int size, int from, int apart) {}

    static ShardingSettings read(SettingsReader reader) {
        return new ShardingSettings(
                reader.integer("sharding.computed-shards", 2, 1_000),
                reader.integer("sharding.points", 1, 10_000),
                reader.integer("sharding.seed", 0, Integer.MAX_VALUE),
                new Sequential(reader.integer("sharding.sequential.keys", 1_000, MOST_KEYS)),
                new Random(
                        reader.integer("sharding.random.keys", 1_000, MOST_KEYS),
                        reader.integer("sharding.random.from", 0, Integer.MAX_VALUE),
                        reader.integer("sharding.random.to", 0, Integer.MAX_VALUE)),
                new Clustered(
                        reader.integer("sharding.clustered.clusters", 2, 1_000_000),
                        reader.integer("sharding.clustered.size", 1, 1_000),
                        reader.integer("sharding.clustered.from", 0, Integer.MAX_VALUE),
                        reader.integer("sharding.clustered.apart", 1, 1_000_000)),
                reader.number("sharding.zipf-exponent", 0, 3),
                PartSettings.read(reader));
    }

    @Override
    public void refuseImpossible(Settings settings, SettingsReader reader) {
        // A tenth more is drawn, for the keys that come next.
        if (random.to - (long) random.from < 2L * random.keys) {
            throw reader.refusedTogether(
                    "there must be at least twice as many numbers from sharding.random.from to sharding.random.to as"
                            + " sharding.random.keys",
                    "sharding.random.keys",
                    "sharding.random.from",
                    "sharding.random.to");
        }
        if (clustered.apart < clustered.size) {
            throw reader.refusedTogether(
                    "sharding.clustered.apart must be at least sharding.clustered.size, otherwise clusters overlap",
                    "sharding.clustered.apart",
                    "sharding.clustered.size");
        }
        parts.refuseImpossible(settings, reader);
    }

    @Override
    public boolean killsServers() {
        return parts.resharding().killsServers();
    }

    @Override
    public PlannedTime time(Settings settings) {
        PlannedTime played = parts.time(settings);
        return new PlannedTime(PlannedTime.BETWEEN.multipliedBy(2).plus(played.fixed()), played.amounts());
    }

    @Override
    public List<Demand> requests(Settings settings, int replicas) {
        return parts.requests(settings);
    }

    @Override
    public List<Demand> connections(Settings settings, int replicas) {
        return parts.connections(settings);
    }

    @Override
    public List<String> waiting(Settings settings) {
        return parts.waiting(settings);
    }
}
