package distributedmysql.topology.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import distributedmysql.monitor.ServerMemory;
import distributedmysql.mysql.GroupView;
import distributedmysql.mysql.Node;
import distributedmysql.topology.Deployment;
import distributedmysql.topology.GroupReplication;
import distributedmysql.topology.ReplicaSet;
import distributedmysql.topology.Replication;
import distributedmysql.topology.Shards;
import distributedmysql.topology.TestServers;
import distributedmysql.topology.TestSql;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Each shard replicates for itself; how soon all are ready, and their memory, is printed")
class ShardedServersIT {
    private static final Duration DEADLINE = Duration.ofSeconds(60);

    @Test
    void fourPairs() throws SQLException {
        try (Deployment servers = started("4 shards of 2", () -> TestServers.shards(4, 1))) {
            assertThat(servers.nodes())
                    .extracting(Node::name)
                    .startsWith("shard1-node1", "shard1-node2", "shard2-node1")
                    .endsWith("shard4-node2")
                    .doesNotHaveDuplicates();
            assertReplicateForThemselves(servers.shards());
        }
    }

    @Test
    void twoGroups() throws SQLException {
        try (Deployment servers = started("2 shards that are groups of 3", () -> TestServers.groups(2, false))) {
            for (ReplicaSet group : servers.shards().all()) {
                assertThat(group.isGroup()).isTrue();
                for (Node member : group.nodes()) {
                    assertThat(GroupReplication.view(member).members())
                            .as(member.toString())
                            .extracting(GroupView.Member::uuid)
                            .containsExactlyInAnyOrderElementsOf(
                                    group.nodes().stream().map(Node::serverUuid).toList());
                }
            }
            assertReplicateForThemselves(servers.shards());
        }
    }

    private static void assertReplicateForThemselves(Shards shards) throws SQLException {
        assertThat(shards.nodes()).extracting(Node::serverUuid).doesNotHaveDuplicates();
        for (ReplicaSet set : shards.all()) {
            Node primary = set.primary();
            TestSql.execute(
                    primary, "CREATE DATABASE shard_of_" + primary.address().port());
            Replication.awaitConvergence(set, DEADLINE);
            for (Node node : set.nodes()) {
                assertThat(TestSql.query(
                                node,
                                "SELECT GROUP_CONCAT(SCHEMA_NAME) FROM information_schema.SCHEMATA"
                                        + " WHERE SCHEMA_NAME LIKE 'shard\\_of\\_%'"))
                        .as(node.toString())
                        .isEqualTo("shard_of_" + primary.address().port());
            }
        }
    }

    private static Deployment started(String what, Supplier<Deployment> start) {
        long begun = System.nanoTime();
        Deployment servers = start.get();
        double seconds = Duration.ofNanos(System.nanoTime() - begun).toMillis() / 1_000.0;
        try (ServerMemory memory = ServerMemory.watch(servers.nodes())) {
            List<Long> bytes = memory.soFar().stream()
                    .map(ServerMemory.Resident::startBytes)
                    .filter(Objects::nonNull)
                    .toList();
            System.out.printf(
                    "%s: ready in %.1f s; memory of %d servers: %d MiB%n",
                    what,
                    seconds,
                    bytes.size(),
                    bytes.stream().mapToLong(Long::longValue).sum() >> 20);
        }
        return servers;
    }
}
