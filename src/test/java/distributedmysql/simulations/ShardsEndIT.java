package distributedmysql.simulations;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import distributedmysql.topology.TestCache;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** How a run on several shards ends that loses a server, and that is interrupted. */
class ShardsEndIT {
    private static final String KILLED = "it has ended unexpectedly, with exit code 137 (SIGKILL)";
    private static final String[] SETTINGS = {
        "experiments=sharding",
        "embedded.shards=3",
        "sharding.resharding.rounds=2",
        "sharding.resharding.rows=5000",
        "sharding.transfers.accounts=2000",
        "sharding.transfers.transfers=200",
        "sharding.transfers.kills=10"
    };

    @RegisterExtension
    final Simulations simulations = new Simulations();

    @Test
    @Tag("nightly")
    @DisplayName("A primary that somebody else kills is named at once, and every later step knows it")
    void lostPrimary() throws Exception {
        assertNamedAtOnce("shard2-node1");
    }

    @Test
    @Tag("nightly")
    @DisplayName("So is a replica")
    void lostReplica() throws Exception {
        assertNamedAtOnce("shard2-node2");
    }

    private void assertNamedAtOnce(String node) throws Exception {
        try (SimulationProcess process = simulations.start(ShardingSimulation.class, SETTINGS)) {
            process.awaitLine(line -> line.contains("] save and load, all shards"), "the stage of all shards");
            TestCache.server(simulations.cache(), node).destroyForcibly();
            process.awaitLine(
                    line -> line.contains("warning: " + node) && line.contains(KILLED), "the end of the server");
            PlayedRun ended = process.end();

            assertThat(ended.report().at("/run/completed").asBoolean())
                    .as(ended.output())
                    .isTrue();
            assertThat(endsOf(ended.report()))
                    .singleElement()
                    .satisfies(event -> assertThat(event.at("/about").asText()).isEqualTo(node));
            assertThat(List.of(
                            "saves on their shards",
                            "transfers without protection",
                            "transfers with XA",
                            "every shard's replicas"))
                    .allSatisfy(check -> assertThat(ended.check(check))
                            .startsWith("UNKNOWN")
                            .contains(node + " (127.0.0.1:", KILLED));
            // Whatever waits for longer than 10 s says so, and whatever waits until its deadline has that in its
            // message.
            assertThat(ended.output())
                    .doesNotContain("waiting for " + node)
                    .doesNotContainPattern("waited \\d+ ms for")
                    .doesNotContain("the resharding to be done");
            ended.assertNothingIsLeft();
        }
    }

    @Test
    @Tag("nightly")
    @DisplayName(
            "Whoever interrupts transfers with XA is told in one line what becomes of them, and what was not judged")
    void interruptedTransfers() throws Exception {
        try (SimulationProcess process = simulations.start(ShardingSimulation.class, SETTINGS)) {
            process.awaitLine(line -> line.contains("] transfers with XA: the transfers begin"), "the transfers");
            process.interrupt();
            PlayedRun ended = process.end();

            String after = ended.output().substring(ended.output().indexOf("the run is ending: nothing new begins"));
            assertThat(after.lines().filter(line -> line.contains("prepared")))
                    .singleElement()
                    .asString()
                    .endsWith("what is prepared is not resolved, because the run is ending and its servers are removed"
                            + " with their data");
            assertThat(after).doesNotContain("unexpectedly", "waited ", "Communications link failure");
            JsonNode notRun = ended.report().at("/notRun");
            assertThat(PlayedRun.texts(notRun, "name"))
                    .contains("transfers with XA", "every row on the right shard")
                    .doesNotContain("transfers without protection");
            assertThat(PlayedRun.texts(notRun, "reason"))
                    .containsOnly("the run ended before it came to that (interrupted)");
            assertThat(after).contains("NOT RUN: the run ended before it came to that (interrupted):");
            ended.assertNothingIsLeft();
        }
    }

    private static List<JsonNode> endsOf(JsonNode report) {
        return StreamSupport.stream(report.at("/events").spliterator(), false)
                .filter(event -> event.at("/text").asText().contains("ended unexpectedly"))
                .filter(event -> event.at("/kind").asText().equals("warning"))
                .toList();
    }
}
