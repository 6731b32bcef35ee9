package distributedmysql.simulations;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import distributedmysql.mysql.Node;
import distributedmysql.topology.Deployment;
import distributedmysql.topology.ReplicaSet;
import distributedmysql.topology.TestServers;
import distributedmysql.topology.docker.RouterContainer;
import distributedmysql.topology.docker.TestDocker;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Servers that are there, reached through a real MySQL Router. */
class MysqlRouterIT {
    private static Deployment deployment;
    private static ReplicaSet replicaSet;
    private static RouterContainer router;

    @RegisterExtension
    final Simulations simulations = new Simulations();

    @BeforeAll
    static void start() {
        TestDocker.assumeUsable();
        deployment = TestServers.start(2);
        replicaSet = deployment.replicaSet();
        Node first = replicaSet.replicas().get(0);
        Node second = replicaSet.replicas().get(1);
        router = new RouterContainer()
                .with("writer", replicaSet.primary())
                .with("reader", first)
                .with("readers", first, second);
        router.start();
    }

    @AfterAll
    static void end() {
        if (router != null) {
            router.close();
        }
        if (deployment != null) {
            deployment.close();
        }
    }

    @Tag("nightly")
    @Test
    void anEndpointOfOneServerIsKnownByThatServerAndCarriesARun() throws Exception {
        PlayedRun ended = run("reader");

        ended.assertValidUnlessSlow();
        JsonNode report = ended.report();
        List<String> nodes = new ArrayList<>();
        report.at("/topology/nodes")
                .forEach(node -> nodes.add(node.get("serverUuid").asText() + " at "
                        + node.get("port").asInt()));
        assertThat(nodes)
                .containsExactly(
                        replicaSet.primary().serverUuid() + " at "
                                + router.address("writer").port(),
                        replicaSet.replicas().get(0).serverUuid() + " at "
                                + router.address("reader").port());
    }

    @Test
    void anEndpointThatSpreadsOverTwoServersIsRefused() throws Exception {
        PlayedRun ended = run("readers");

        assertThat(ended.exitCode()).isNotZero();
        assertThat(ended.output())
                .contains(router.address("readers") + ": leads to several servers")
                .contains(replicaSet.replicas().get(0).serverUuid())
                .contains(replicaSet.replicas().get(1).serverUuid());
        assertThat(ended.hasReports()).isFalse();
    }

    @Test
    @Tag("nightly")
    void oneThatSpreadsOverTwoServersIsTheReaderOfALoadThatGoesThroughIt() throws Exception {
        PlayedRun ended = simulations.playOn(
                replicaSet,
                PerformanceSimulation.class,
                "external.endpoints.writer=" + router.address("writer"),
                "external.endpoints.reader=" + router.address("readers"),
                "data.database=router_it");

        ended.assertValidUnlessSlow();
        assertThat(ended.check("endpoint roles")).startsWith("VALID writer: ").contains("; reader: ");
        assertThat(ended.output())
                .contains("external: the load goes through the reader endpoint (" + router.address("readers")
                        + "), which leads to node2 (")
                .contains(", node3 (");
    }

    private PlayedRun run(String readEndpoint) throws Exception {
        return simulations.playAs(
                replicaSet.primary().admin().password().text(),
                ConsistencySimulation.class,
                "topology=external",
                "external.user=" + replicaSet.primary().admin().user(),
                "external.primary=" + router.address("writer"),
                "external.replicas=" + router.address(readEndpoint),
                "data.database=router_it");
    }
}
