package distributedmysql.experiment.sharding.routed;

import distributedmysql.config.ShardSettings;
import distributedmysql.config.ShardSettings.Strategy;
import distributedmysql.shard.ShardMap;
import distributedmysql.shard.ShardStrategy;
import distributedmysql.topology.Shards;
import java.util.Collection;
import java.util.List;
import java.util.Properties;
import org.apache.shardingsphere.sharding.api.sharding.standard.PreciseShardingValue;
import org.apache.shardingsphere.sharding.api.sharding.standard.RangeShardingValue;
import org.apache.shardingsphere.sharding.api.sharding.standard.StandardShardingAlgorithm;

/**
 * A sharding algorithm of ShardingSphere's type {@code CLASS_BASED} that asks our shard map, so that both routers put each key on the
 * same shard. Its properties are {@code shards}, and {@code shard-strategy}: {@code ring} or {@code modulo}. Thread-safe once it is initialized.
 */
public final class MapOfRun implements StandardShardingAlgorithm<Comparable<?>> {
    static final String SHARDS = "shards";
    static final String STRATEGY = "shard-strategy";

    private ShardMap map;

    @Override
    public void init(Properties properties) {
        map = new ShardMap(
                1,
                ShardStrategy.of(new ShardSettings(
                        Integer.parseInt(properties.getProperty(SHARDS)),
                        Strategy.valueOf(properties.getProperty(STRATEGY)),
                        150,
                        List.of())));
    }

    @Override
    public String doSharding(Collection<String> targets, PreciseShardingValue<Comparable<?>> key) {
        return Shards.name(map.shardOf(((Number) key.getValue()).longValue()));
    }

    /** Hashes have no order, so a range of keys is on every shard. */
    @Override
    public Collection<String> doSharding(Collection<String> targets, RangeShardingValue<Comparable<?>> keys) {
        return targets;
    }
}
