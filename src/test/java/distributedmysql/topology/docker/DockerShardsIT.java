package distributedmysql.topology.docker;

import static org.assertj.core.api.Assertions.assertThat;

import distributedmysql.config.ReplicationMode;
import distributedmysql.fault.Servers;
import distributedmysql.mysql.GroupView;
import distributedmysql.mysql.Mysql;
import distributedmysql.mysql.Node;
import distributedmysql.mysql.ReplicationNetwork;
import distributedmysql.topology.Deployment;
import distributedmysql.topology.GroupReplication;
import distributedmysql.topology.ReplicaSet;
import distributedmysql.topology.Replication;
import distributedmysql.topology.Shards;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@DisplayName("Containers of several shards: each replicates for itself, by the network that can be cut")
class DockerShardsIT {
    @BeforeEach
    void assumeDocker() {
        TestDocker.assumeUsable();
    }

    @Test
    void pairs() {
        try (Deployment deployment = TestDocker.shards(2, 1, ReplicationMode.ASYNC)) {
            Shards shards = deployment.shards();
            assertThat(shards.nodes())
                    .extracting(Node::name)
                    .containsExactly("shard1-node1", "shard1-node2", "shard2-node1", "shard2-node2");
            assertThat(shards.nodes().stream().map(node -> Mysql.text(node, "SELECT @@global.server_id")))
                    .doesNotHaveDuplicates();
            assertThat(shards.all())
                    .extracting(set ->
                            Replication.status(set.replicas().get(0)).channel().source())
                    .containsExactly("shard1-node1.replication:3306", "shard2-node1.replication:3306");
            assertReplicateForThemselves(shards);
            cutOnlyOne(shards);
        }
        assertThat(TestDocker.left(ProcessHandle.current().pid())).isEmpty();
    }

    /** What is cut from one shard keeps nothing from the others. */
    private static void cutOnlyOne(Shards shards) {
        ReplicaSet first = shards.all().get(0);
        ReplicaSet second = shards.all().get(1);
        Node cut = first.replicas().get(0);
        ReplicationNetwork network =
                cut.control().orElseThrow().replicationNetwork().orElseThrow();
        network.disconnect();
        try {
            write(first, "cut");
            write(second, "cut");
            Replication.awaitConvergence(second, Servers.DEADLINE);
            assertThat(databases(cut, "cut")).isEmpty();
        } finally {
            network.reconnect();
        }
        Replication.awaitConvergence(first, Servers.DEADLINE);
        assertThat(databases(cut, "cut")).hasSize(1);
    }

    @Tag("nightly")
    @Test
    void groups() {
        try (Deployment deployment = TestDocker.shards(2, 2, ReplicationMode.GROUP)) {
            Shards shards = deployment.shards();
            for (ReplicaSet group : shards.all()) {
                assertThat(group.isGroup()).isTrue();
                String shard = Shards.name(shards.all().indexOf(group));
                for (Node member : group.nodes()) {
                    assertThat(GroupReplication.view(member).members())
                            .as(member.toString())
                            .extracting(GroupView.Member::uuid)
                            .containsExactlyInAnyOrderElementsOf(
                                    group.nodes().stream().map(Node::serverUuid).toList());
                }
                assertThat(Mysql.texts(
                                group.primary(),
                                "SELECT MEMBER_HOST FROM performance_schema.replication_group_members ORDER BY 1"))
                        .containsExactly(
                                shard + "-node1.replication",
                                shard + "-node2.replication",
                                shard + "-node3.replication");
            }
            assertReplicateForThemselves(shards);
        }
    }

    private static void assertReplicateForThemselves(Shards shards) {
        assertThat(shards.nodes()).extracting(Node::serverUuid).doesNotHaveDuplicates();
        for (ReplicaSet set : shards.all()) {
            write(set, "of");
        }
        for (ReplicaSet set : shards.all()) {
            Replication.awaitConvergence(set, Servers.DEADLINE);
            for (Node node : set.nodes()) {
                assertThat(databases(node, "of")).as(node.toString()).containsExactly(name(set, "of"));
            }
        }
    }

    private static void write(ReplicaSet set, String what) {
        Mysql.execute(set.primary(), "CREATE DATABASE " + name(set, what));
    }

    private static String name(ReplicaSet set, String what) {
        return what + "_shard_" + set.nodes().get(0).address().port();
    }

    private static List<String> databases(Node node, String what) {
        return Mysql.texts(
                node,
                "SELECT SCHEMA_NAME FROM information_schema.SCHEMATA WHERE SCHEMA_NAME LIKE '" + what
                        + "\\_shard\\_%'");
    }
}
