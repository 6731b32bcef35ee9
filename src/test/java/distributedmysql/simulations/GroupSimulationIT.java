package distributedmysql.simulations;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import distributedmysql.simulations.SimulationProcess.Ended;
import distributedmysql.topology.TestCache;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is special to a group, as a user plays it; the rest of the simulation is the main job's. */
class GroupSimulationIT {
    @TempDir
    private Path cache;

    @TempDir
    private Path results;

    @BeforeEach
    void share() throws IOException {
        TestCache.share(cache);
    }

    @AfterEach
    void removeLinks() throws IOException {
        TestCache.removeLinks(cache);
    }

    @Test
    @DisplayName("On a group, every level is measured and judged, and its majority is lost and comes back")
    void ofAGroup() throws Exception {
        Ended ended = run("embedded.replication=group", "embedded.replicas=2");

        assertThat(checks(ended, "VALID"))
                .as(ended.output())
                .contains(
                        "group reads: BEFORE",
                        "group reads: AFTER",
                        "group reads: BEFORE_AND_AFTER",
                        "acknowledged without a quorum: bootstrap",
                        "lost acknowledged writes: quorum loss",
                        "failed writes absent: quorum loss",
                        "ledger on every node: quorum loss");
        JsonNode report = ended.report();
        assertThat(report.at("/groupConsistency/ofServers").asText()).isEqualTo("EVENTUAL");
        assertThat(report.at("/groupConsistency/levels")).hasSize(5).allSatisfy(level -> {
            assertThat(level.at("/writesPerSecond").asDouble()).isPositive();
            assertThat(level.at("/reads").asInt()).isEqualTo(2 * 2 * 10);
            assertThat(level.at("/fresh")).hasSize(2 * 2);
            assertThat(level.at("/queues")).hasSize(3);
        });
        JsonNode round = report.at("/quorumLoss/rounds/0");
        assertThat(round.at("/refusedMillis").asDouble())
                .isGreaterThan(round.at("/noticedMillis").asDouble());
        assertThat(round.at("/completeMillis").asDouble())
                .isGreaterThan(round.at("/recoveredMillis").asDouble());
        assertThat(ended.output())
                .contains("Group consistency (", "  EVENTUAL * ", "Quorum loss, bootstrap: writes refused after ");
    }

    @Test
    @DisplayName("On other servers nothing of it can be played, and the console says why")
    void ofOtherServers() throws Exception {
        Ended ended = run("embedded.replicas=1");

        assertThat(ended.exitCode()).isNotZero();
        assertThat(ended.output())
                .contains("nothing of this simulation can be run on these servers: these servers are no group of group"
                        + " replication (embedded.replication = group makes one)");
    }

    private static List<String> checks(Ended ended, String verdict) {
        List<String> names = new ArrayList<>();
        ended.report().at("/checks").forEach(check -> {
            if (check.at("/verdict").asText().equals(verdict)) {
                names.add(check.at("/name").asText());
            }
        });
        return names;
    }

    private Ended run(String... servers) throws Exception {
        List<String> settings = new ArrayList<>(List.of(servers));
        settings.addAll(List.of(
                "experiments=group-consistency,quorum-loss",
                "group-consistency.duration=2s",
                "group-consistency.delays=0ms,50ms",
                "group-consistency.rounds=10",
                "group-consistency.min-samples=10",
                "quorum-loss.answer-within=60s"));
        try (SimulationProcess process =
                SimulationProcess.start(GroupSimulation.class, cache, results, "", settings.toArray(String[]::new))) {
            return process.end();
        }
    }
}
