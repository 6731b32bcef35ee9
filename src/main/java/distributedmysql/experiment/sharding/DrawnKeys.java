package distributedmysql.experiment.sharding;

import distributedmysql.config.ShardSettings.Strategy;
import distributedmysql.shard.Distribution;
import distributedmysql.shard.Keys;
import distributedmysql.shard.LoadSkew;
import distributedmysql.shard.Movement;
import distributedmysql.shard.ShardStrategy;

/** Keys of one kind, which each strategy shares out. */
final class DrawnKeys {
    private final Ids ids;
    private final long[] keys;
    private final long[] next;
    /** Hot keys are anywhere. */
    private final long[] hottestFirst;

    /**
     * @param next those that come next
     * @param seed says which of them are hot
     */
    DrawnKeys(Ids ids, long[] keys, long[] next, long seed) {
        this.ids = ids;
        this.keys = keys;
        this.next = next;
        this.hottestFirst = Keys.shuffled(keys, seed);
    }

    /** How a strategy shares them out. */
    Spread spread(Strategy strategy, ShardingSettings settings) {
        ShardStrategy before = ShardStrategy.of(strategy, settings.shards(), settings.points(), settings.seed(), keys);
        ShardStrategy after = before.withOneMore(keys);
        Distribution distribution = Distribution.of(before, keys);
        LoadSkew skew = LoadSkew.of(before, hottestFirst, settings.zipfExponent());
        Movement movement = Movement.of(before, after, keys);
        return new Spread(
                ids.label(),
                strategy.label(),
                distribution.keys(),
                distribution.relativeDeviation(),
                distribution.largestShare(),
                distribution.pValue(),
                Distribution.of(before, next).largestShare(),
                skew.largestShare(),
                skew.hottestKey(),
                movement.share(),
                Distribution.of(after, keys).largestShare(),
                (double) movement.elsewhere() / movement.keys());
    }
}
