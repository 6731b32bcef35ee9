package distributedmysql.topology.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import distributedmysql.mysql.Node;
import distributedmysql.topology.Deployment;
import distributedmysql.topology.OwnServers;
import distributedmysql.topology.ReplicaSet;
import distributedmysql.topology.Replication;
import distributedmysql.topology.Shards;
import distributedmysql.topology.TestSql;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

@OwnServers(shards = 2)
class ShardedServersIT {
    @Test
    void eachShardReplicatesForItself(Deployment servers) throws SQLException {
        Shards shards = servers.shards();
        assertThat(shards.nodes())
                .extracting(Node::name)
                .containsExactly("shard1-node1", "shard1-node2", "shard2-node1", "shard2-node2");
        Set<String> uuids = new HashSet<>();
        for (ReplicaSet set : shards.all()) {
            Node primary = set.primary();
            TestSql.execute(
                    primary, "CREATE DATABASE shard_of_" + primary.address().port());
            Replication.awaitConvergence(set, Duration.ofSeconds(30));
            for (Node node : set.nodes()) {
                uuids.add(node.serverUuid());
                assertThat(TestSql.query(
                                node,
                                "SELECT GROUP_CONCAT(SCHEMA_NAME) FROM information_schema.SCHEMATA"
                                        + " WHERE SCHEMA_NAME LIKE 'shard\\_of\\_%'"))
                        .as(node.toString())
                        .isEqualTo("shard_of_" + primary.address().port());
            }
        }
        assertThat(uuids).hasSize(4);
    }
}
