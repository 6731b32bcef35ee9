package distributedmysql.simulations;

import static org.assertj.core.api.Assertions.assertThat;

import distributedmysql.mysql.Node;
import distributedmysql.topology.Deployment;
import distributedmysql.topology.OwnServers;
import distributedmysql.topology.ReplicaSet;
import distributedmysql.topology.Replication;
import distributedmysql.topology.TestServers;
import distributedmysql.topology.TestSql;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@OwnServers(shards = 2)
class ExternalShardsSimulationIT {
    @RegisterExtension
    final Simulations simulations = new Simulations();

    @Test
    @DisplayName(
            "A whole run on several replica sets of others, as a user with few privileges, leaves nothing on any of them")
    void played(Deployment servers) throws Exception {
        for (ReplicaSet set : servers.shards().all()) {
            TestSql.execute(
                    set.primary(),
                    "CREATE USER few IDENTIFIED BY '" + FewPrivileges.PASSWORD + "'",
                    "GRANT REPLICATION CLIENT ON *.* TO few",
                    "GRANT SELECT ON performance_schema.* TO few",
                    "GRANT SELECT, INSERT, UPDATE, DELETE, CREATE, DROP ON `external\\_failover`.* TO few");
            Replication.awaitConvergence(set, FewPrivileges.DEADLINE);
        }
        List<String> settings = new ArrayList<>(TestServers.external(servers.shards()));
        settings.addAll(List.of("external.user=few", "data.database=" + FewPrivileges.DATABASE));

        PlayedRun run = simulations.playAs(
                FewPrivileges.PASSWORD, PerformanceSimulation.class, settings.toArray(String[]::new));

        run.assertValidUnlessSlow();
        assertThat(PlayedRun.texts(run.report().at("/topology/nodes"), "name"))
                .containsExactlyElementsOf(
                        servers.nodes().stream().map(Node::name).toList());
        FewPrivileges.assertDropped(servers.nodes());
    }
}
