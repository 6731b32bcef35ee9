package distributedmysql.simulations;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import distributedmysql.simulations.SimulationProcess.Ended;
import distributedmysql.topology.TestCache;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The main job through a router. How fast this machine is, is no matter of this test. */
class RouterSimulationIT {
    @TempDir
    static Path cache;

    @TempDir
    Path results;

    @BeforeAll
    static void share() throws IOException {
        TestCache.share(cache);
    }

    @AfterAll
    static void removeLinks() throws IOException {
        TestCache.removeLinks(cache);
    }

    @Test
    void everythingGoesThroughItAndItFollowsTheFailover() throws Exception {
        JsonNode report = run();

        JsonNode writer = report.at("/endpoints/endpoints/0");
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
        assertThat(report.at("/endpoints/endpoints/1/name").asText()).isEqualTo("reader");
        assertThat(report.at("/endpoints/hop/throughMicros/p50").asLong()).isPositive();
    }

    @Test
    @Tag("nightly")
    void theSameOnAGroup() throws Exception {
        JsonNode report = run("embedded.replication=group", "embedded.replicas=2", "failover.after=30s");

        assertThat(servers(report.at("/endpoints/endpoints/0")).size()).isGreaterThan(1);
    }

    /** A run in which nothing is wrong but perhaps this machine's speed. */
    private JsonNode run(String... settings) throws Exception {
        List<String> all = new ArrayList<>(List.of(settings));
        all.add("embedded.router=haproxy");
        try (SimulationProcess process =
                SimulationProcess.start(FullSimulation.class, cache, results, "", all.toArray(String[]::new))) {
            Ended ended = process.end();
            JsonNode report = ended.report();
            assertThat(report.at("/run/completed").asBoolean())
                    .as(ended.output())
                    .isTrue();
            report.at("/checks").forEach(check -> {
                String evidence = check.at("/evidence").asText();
                if (!check.at("/verdict").asText().equals("VALID") && !evidence.contains("machine was busy")) {
                    assertThat(check.at("/name").asText())
                            .as(check.toString())
                            .matches("target rate|soak target rate|server silence: .*|drift: .*|leak: .*");
                }
            });
            assertThat(report.at("/checks"))
                    .anySatisfy(check -> assertThat(check.at("/name").asText()).isEqualTo("endpoint roles"));
            assertThat(TestCache.servers(cache)).isEmpty();
            assertThat(cache.resolve("runs")).isEmptyDirectory();
            return report;
        }
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
