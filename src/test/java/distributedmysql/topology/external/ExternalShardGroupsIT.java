package distributedmysql.topology.external;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import distributedmysql.fault.Servers;
import distributedmysql.mysql.Credentials;
import distributedmysql.mysql.Mysql;
import distributedmysql.mysql.Node;
import distributedmysql.mysql.TopologyException;
import distributedmysql.topology.Deployment;
import distributedmysql.topology.OwnServers;
import distributedmysql.topology.ReplicaSet;
import distributedmysql.topology.Shards;
import distributedmysql.topology.TestServers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Shards that are groups of others: each is followed for itself")
@OwnServers(shards = 2, group = true)
class ExternalShardGroupsIT {
    private final List<String> console = new ArrayList<>();

    @Test
    void eachIsFollowed(Deployment servers) {
        ReplicaSet first = servers.shards().all().get(0);
        ReplicaSet second = servers.shards().all().get(1);
        Node next = second.replicas().get(0);
        Node staying = first.primary();
        try (Deployment deployment =
                topology(servers, TestServers.external(servers.shards()).get(1)).start()) {
            Shards found = deployment.shards();
            assertThat(found.all()).allMatch(ReplicaSet::isGroup);
            assertThat(console)
                    .anyMatch(line -> line.startsWith("external: shard1: they are a group"))
                    .anyMatch(line -> line.startsWith("external: shard2: they are a group"));

            Mysql.text(second.primary(), "SELECT group_replication_set_as_primary('" + next.serverUuid() + "')");
            Servers.await(
                    next + ": to be the primary of its shard",
                    () -> found.all().get(1).primary().serverUuid().equals(next.serverUuid()),
                    () -> found.all().get(1).roles().toString());
            assertThat(found.all().get(0).primary().serverUuid()).isEqualTo(staying.serverUuid());
        }
    }

    @Test
    @DisplayName("A member that is listed in another shard is missing in its own")
    void members(Deployment servers) {
        List<Node> first = servers.shards().all().get(0).nodes();
        List<Node> second = servers.shards().all().get(1).nodes();
        String mixed =
                "external.shards=" + first.get(0).address() + "+" + first.get(1).address() + ","
                        + second.get(0).address() + "+" + second.get(1).address() + "+"
                        + second.get(2).address() + "+"
                        + first.get(2).address();
        assertThatThrownBy(() -> topology(servers, mixed).start())
                .isInstanceOf(TopologyException.class)
                .hasMessageStartingWith("shard1: ")
                .hasMessageContaining("its group has the member ")
                .hasMessageContaining(
                        "the servers of a shard in external.shards must be the members of one group, all of them and"
                                + " nothing else");
    }

    private ExternalTopology topology(Deployment servers, String shards) {
        Credentials admin = servers.nodes().get(0).admin();
        return new ExternalTopology(
                ExternalTopologyFixture.settings(admin, shards),
                Map.of("MYSQL_PASSWORD", admin.password().text()),
                console::add);
    }
}
