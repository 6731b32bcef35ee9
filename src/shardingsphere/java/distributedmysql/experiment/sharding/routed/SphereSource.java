package distributedmysql.experiment.sharding.routed;

import com.zaxxer.hikari.HikariDataSource;
import distributedmysql.config.ConnectionSettings;
import distributedmysql.config.ShardSettings.Strategy;
import distributedmysql.load.NodePool;
import distributedmysql.mysql.Node;
import distributedmysql.topology.ReplicaSet;
import distributedmysql.topology.Shards;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import javax.sql.DataSource;
import org.apache.shardingsphere.driver.api.ShardingSphereDataSourceFactory;
import org.apache.shardingsphere.driver.jdbc.core.datasource.ShardingSphereDataSource;
import org.apache.shardingsphere.infra.algorithm.core.config.AlgorithmConfiguration;
import org.apache.shardingsphere.readwritesplitting.config.ReadwriteSplittingRuleConfiguration;
import org.apache.shardingsphere.readwritesplitting.config.rule.ReadwriteSplittingDataSourceGroupRuleConfiguration;
import org.apache.shardingsphere.sharding.api.config.ShardingRuleConfiguration;
import org.apache.shardingsphere.sharding.api.config.rule.ShardingTableRuleConfiguration;
import org.apache.shardingsphere.sharding.api.config.strategy.sharding.StandardShardingStrategyConfiguration;

/**
 * ShardingSphere-JDBC over the servers of a run: one table is shared out by the player, writes go to the primary of the shard, and
 * reads to its replicas. Its connections have the properties of ours. Thread-safe.
 */
final class SphereSource implements AutoCloseable {
    private static final String ALGORITHM = "map_of_run";
    private static final String BALANCER = "in_turn";

    private final Map<String, HikariDataSource> pools = new LinkedHashMap<>();
    private final DataSource source;

    /**
     * @param table which the servers have already: its columns are asked for here
     * @param strategy by which keys are shared out; another one than that of the shards is a wrong map
     */
    SphereSource(Shards shards, String database, String table, Strategy strategy, ConnectionSettings settings)
            throws SQLException {
        List<ReadwriteSplittingDataSourceGroupRuleConfiguration> groups = new ArrayList<>();
        for (ReplicaSet set : shards.all()) {
            set.nodes().forEach(node -> pools.put(nameOf(node), pool(node, database, settings)));
            groups.add(new ReadwriteSplittingDataSourceGroupRuleConfiguration(
                    Shards.name(groups.size()),
                    nameOf(set.primary()),
                    set.replicas().stream().map(SphereSource::nameOf).toList(),
                    BALANCER));
        }
        this.source = ShardingSphereDataSourceFactory.createDataSource(
                database,
                new LinkedHashMap<>(pools),
                List.of(
                        sharding(table, shards.all().size(), strategy),
                        new ReadwriteSplittingRuleConfiguration(
                                groups, Map.of(BALANCER, new AlgorithmConfiguration("ROUND_ROBIN", new Properties())))),
                new Properties());
    }

    private static HikariDataSource pool(Node node, String database, ConnectionSettings settings) {
        return new HikariDataSource(
                NodePool.hikariConfig(node, database, settings, node.cap().waits()));
    }

    /** A hyphen is not allowed. */
    private static String nameOf(Node node) {
        return node.name().replace('-', '_');
    }

    private static ShardingRuleConfiguration sharding(String table, int shards, Strategy strategy) {
        Properties map = new Properties();
        map.setProperty("strategy", "STANDARD");
        map.setProperty("algorithmClassName", MapOfRun.class.getName());
        map.setProperty(MapOfRun.SHARDS, Integer.toString(shards));
        map.setProperty(MapOfRun.STRATEGY, strategy.name());
        ShardingTableRuleConfiguration rule = new ShardingTableRuleConfiguration(
                table, Shards.name(0).replace("1", "${1.." + shards + "}") + "." + table);
        rule.setDatabaseShardingStrategy(new StandardShardingStrategyConfiguration("player_id", ALGORITHM));
        ShardingRuleConfiguration sharding = new ShardingRuleConfiguration();
        sharding.getTables().add(rule);
        sharding.getShardingAlgorithms().put(ALGORITHM, new AlgorithmConfiguration("CLASS_BASED", map));
        return sharding;
    }

    Connection connection() throws SQLException {
        return source.getConnection();
    }

    @Override
    public void close() throws SQLException {
        try {
            source.unwrap(ShardingSphereDataSource.class).close();
        } finally {
            pools.values().forEach(HikariDataSource::close);
        }
    }
}
