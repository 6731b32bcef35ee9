package distributedmysql.simulations;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What is special to a group, as a user plays it; the rest of the simulation is the main job's. */
class GroupSimulationIT {
    private static final String OPENING = ": opening connections";

    @Test
    @Tag("nightly")
    @SimulationRun(
            simulation = GroupSimulation.class,
            settings = {
                "embedded.replication=group",
                "embedded.replicas=2",
                "experiments=group-consistency,write-conflicts,quorum-loss",
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
        JsonNode notRun = report.at("/notRun/0");
        assertThat(notRun.at("/name").asText()).isEqualTo("increments on every member");
        assertThat(notRun.at("/reason").asText()).startsWith("these servers are no group in multi-primary mode (");
        assertMemory(run);
        JsonNode round = report.at("/quorumLoss/rounds/0");
        assertThat(round.at("/refusedMillis").asDouble())
                .isGreaterThan(round.at("/noticedMillis").asDouble());
        assertThat(round.at("/completeMillis").asDouble())
                .isGreaterThan(round.at("/recoveredMillis").asDouble());
        assertThat(run.output())
                .contains("Group consistency (", "  EVENTUAL * ", "Quorum loss, bootstrap: writes refused after ");
        assertEachLoadIsSaid(run, 5);
    }

    private static void assertEachLoadIsSaid(PlayedRun run, int loads) {
        List<String> steps = run.steps();
        List<String> prepared = steps.stream()
                .filter(step -> step.endsWith(OPENING))
                .map(step -> step.substring(0, step.length() - OPENING.length()))
                .toList();
        assertThat(prepared)
                .hasSize(loads)
                .allSatisfy(load -> assertThat(steps).containsSequence(load + OPENING, load));
    }

    private static void assertMemory(PlayedRun run) {
        JsonNode servers = run.report().at("/topology/startedServers");
        assertThat(servers.at("/readyMillis").asLong()).isPositive();
        assertThat(servers.at("/memory")).hasSize(3).allSatisfy(server -> {
            assertThat(server.at("/startBytes").asLong()).isBetween(100L << 20, 1L << 30);
            assertThat(server.at("/endBytes").asLong())
                    .isBetween(100L << 20, server.at("/peakBytes").asLong());
        });
        assertThat(servers.at("/peakBytes").asLong()).isLessThan((long) (1.6 * (1 << 30)));
        assertThat(run.output()).containsPattern("\nServers: 3 ready in \\d+\\.\\d s; memory \\(MiB\\): ");
    }

    @Test
    @Tag("nightly")
    @SimulationRun(
            simulation = GroupSimulation.class,
            settings = {
                "embedded.replication=group",
                "embedded.replicas=2",
                "embedded.group-mode=multi-primary",
                "experiments=write-conflicts",
                "write-conflicts.keys=1,1000",
                "write-conflicts.duration=2s"
            })
    @DisplayName("In multi-primary mode all members are written to, and what they have acknowledged is there")
    void multiPrimary(PlayedRun run) {
        assertThat(run.check("increments on every member")).startsWith("VALID");
        JsonNode turns = run.report().at("/writeConflicts/turns");
        assertEachLoadIsSaid(run, 2);
        assertThat(turns).hasSize(2).allSatisfy(turn -> {
            assertThat(turn.at("/transactionsPerSecond").asDouble()).isPositive();
            assertThat(turn.at("/members")).hasSize(3);
        });
        assertThat(turns.get(0).at("/rolledBack").asLong()).isPositive();
        assertThat(run.output()).contains("Write conflicts (4 clients on each member; ");
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
