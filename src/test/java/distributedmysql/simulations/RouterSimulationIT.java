package distributedmysql.simulations;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import distributedmysql.config.HostPort;
import distributedmysql.topology.OwnServers;
import distributedmysql.topology.ReplicaSet;
import distributedmysql.topology.docker.TestDocker;
import distributedmysql.topology.embedded.TestHaProxy;
import distributedmysql.topology.router.HaProxy;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The main job through a router. How fast this machine is, is no matter of this test. */
class RouterSimulationIT {
    @RegisterExtension
    final Simulations simulations = new Simulations();

    @Tag("nightly")
    @Test
    @SimulationRun(simulation = FullSimulation.class, settings = "embedded.router=haproxy")
    void everythingGoesThroughItAndItFollowsTheFailover(PlayedRun run) {
        assertNothingWrongButSpeed(run);
        JsonNode writer = run.report().at("/endpoints/endpoints/0");
        assertThat(writer.at("/name").asText()).isEqualTo("writer");
        assertThat(servers(writer)).containsExactlyInAnyOrder("node1", "node2");
        assertThat(writer.at("/followed")).isNotEmpty().allSatisfy(followed -> {
            assertThat(followed.at("/afterMillis").isNumber())
                    .as(followed.toString())
                    .isTrue();
            assertThat(followed.at("/afterFaultMillis").isNumber())
                    .as(followed.toString())
                    .isTrue();
        });
        assertThat(run.report().at("/endpoints/endpoints/1/name").asText()).isEqualTo("reader");
        assertThat(run.report().at("/endpoints/hop/throughMicros/p50").asLong()).isPositive();
    }

    @Test
    @Tag("nightly")
    @SimulationRun(
            simulation = FullSimulation.class,
            settings = {
                "embedded.router=haproxy",
                "embedded.replication=group",
                "embedded.replicas=2",
                "failover.after=30s"
            })
    void theSameOnAGroup(PlayedRun run) {
        assertNothingWrongButSpeed(run);
        assertThat(servers(run.report().at("/endpoints/endpoints/0")).size()).isGreaterThan(1);
    }

    @Test
    @Tag("nightly")
    @OwnServers(replicas = 2)
    void theUsersOwnEndpointsOfWhichOneSpreadsOverTheReplicas(ReplicaSet servers) throws Exception {
        try (HaProxy router =
                HaProxy.start(servers, TestHaProxy.program(), simulations.directory(), ProcessBuilder::start)) {
            HostPort writer = router.endpoints().get(0).address();
            HostPort reader = router.endpoints().get(1).address();
            PlayedRun run = simulations.playOn(
                    servers,
                    PerformanceSimulation.class,
                    "connection.pool-size=200",
                    "external.endpoints.writer=" + writer,
                    "external.endpoints.reader=" + reader);

            assertNothingWrongButSpeed(run);
            assertThat(run.output())
                    .contains("external: the load goes through the writer endpoint (" + writer
                            + "), which leads to node1")
                    .contains("external: the load goes through the reader endpoint (" + reader
                            + "), which leads to node");
            JsonNode endpoints = run.report().at("/endpoints/endpoints");
            assertThat(servers(endpoints.get(0))).containsExactly("node1");
            assertThat(servers(endpoints.get(1))).containsExactlyInAnyOrder("node2", "node3");
            assertThat(run.report().at("/endpoints/hop/throughMicros/p50").asLong())
                    .isPositive();
        }
    }

    @Test
    @Tag("nightly")
    void beforeContainersTheWriterFollowsTheFailoverToo() throws Exception {
        TestDocker.assumeUsable();
        try (SimulationProcess process = simulations.start(
                FailoverOnlySimulation.class,
                "topology=docker",
                "docker.image=" + TestDocker.image(),
                "docker.router=haproxy",
                "failover.modes=after-sync",
                "failover.before=2s",
                "failover.after=8s")) {
            PlayedRun run = process.end();

            assertNothingWrongButSpeed(run);
            assertThat(servers(run.report().at("/endpoints/endpoints/0"))).containsExactlyInAnyOrder("node1", "node2");
            assertThat(TestDocker.left(process.pid())).isEmpty();
            run.assertNothingIsLeft();
        }
    }

    private static void assertNothingWrongButSpeed(PlayedRun run) {
        JsonNode report = run.report();
        assertThat(report.at("/run/completed").asBoolean()).as(run.output()).isTrue();
        report.at("/checks").forEach(check -> {
            String verdict = check.at("/verdict").asText();
            boolean doubted =
                    verdict.equals("UNKNOWN") && check.at("/evidence").asText().contains("machine was busy");
            if (!verdict.equals("VALID") && !doubted) {
                assertThat(check.at("/name").asText())
                        .as(check.toString())
                        .matches("target rate|soak target rate|server silence: .*|drift: .*|leak: .*");
            }
        });
        assertThat(report.at("/checks"))
                .anySatisfy(check -> assertThat(check.at("/name").asText()).isEqualTo("endpoint roles"));
    }

    private static List<String> servers(JsonNode endpoint) {
        List<String> names = new ArrayList<>();
        endpoint.at("/served").forEach(served -> {
            if (!names.contains(served.at("/node").asText())) {
                names.add(served.at("/node").asText());
            }
        });
        return names;
    }
}
