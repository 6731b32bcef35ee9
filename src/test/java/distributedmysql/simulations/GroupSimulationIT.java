package distributedmysql.simulations;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What is special to a group, as a user plays it; the rest of the simulation is the main job's. */
class GroupSimulationIT {
    @Test
    @SimulationRun(
            simulation = GroupSimulation.class,
            settings = {
                "embedded.replication=group",
                "embedded.replicas=2",
                "experiments=group-consistency,quorum-loss",
                "group-consistency.duration=2s",
                "group-consistency.delays=0ms,50ms",
                "group-consistency.rounds=10",
                "group-consistency.min-samples=10",
                "quorum-loss.answer-within=60s"
            })
    @DisplayName("On a group, every level is measured and judged, and its majority is lost and comes back")
    void ofAGroup(PlayedRun run) {
        for (String check : new String[] {
            "group reads: BEFORE",
            "group reads: AFTER",
            "group reads: BEFORE_AND_AFTER",
            "acknowledged without a quorum: bootstrap",
            "lost acknowledged writes: quorum loss",
            "failed writes absent: quorum loss",
            "ledger on every node: quorum loss"
        }) {
            assertThat(run.check(check)).as(check).startsWith("VALID");
        }
        JsonNode report = run.report();
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
        assertThat(run.output())
                .contains("Group consistency (", "  EVENTUAL * ", "Quorum loss, bootstrap: writes refused after ");
    }

    @Test
    @SimulationRun(simulation = GroupSimulation.class, settings = "experiments=group-consistency,quorum-loss")
    @DisplayName("On other servers nothing of it can be played, and the console says why")
    void ofOtherServers(PlayedRun run) {
        assertThat(run.exitCode()).isNotZero();
        assertThat(run.output())
                .contains("nothing of this simulation can be run on these servers: these servers are no group of group"
                        + " replication (embedded.replication = group and docker.replication = group make one)");
    }
}
