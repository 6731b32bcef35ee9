package distributedmysql.simulations;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The main job through a router. How fast this machine is, is no matter of this test. */
class RouterSimulationIT {
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
