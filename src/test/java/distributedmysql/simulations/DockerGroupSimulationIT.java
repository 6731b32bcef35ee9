package distributedmysql.simulations;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import distributedmysql.mysql.ServerVersion;
import distributedmysql.topology.docker.TestDocker;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@Tag("nightly")
class DockerGroupSimulationIT {
    @RegisterExtension
    final Simulations simulations = new Simulations();

    @Test
    @DisplayName(
            "A group of containers: the level that its version has by default is marked, and its failover loses nothing")
    void played() throws Exception {
        TestDocker.assumeUsable();
        PlayedRun run = simulations.play(
                GroupSimulation.class,
                "topology=docker",
                "docker.image=" + TestDocker.image(),
                "docker.replication=group",
                "docker.replicas=2",
                "experiments=group-consistency,failover",
                "group-consistency.duration=2s",
                "group-consistency.delays=0ms",
                "group-consistency.rounds=10",
                "group-consistency.min-samples=10");

        run.assertValidUnlessSlow();
        assertThat(run.check("lost acknowledged writes: group")).startsWith("VALID");
        assertThat(run.check("group reads: BEFORE")).startsWith("VALID");
        JsonNode report = run.report();
        ServerVersion version =
                ServerVersion.parse(report.at("/topology/nodes/0/version").asText());
        String level = version.isAtLeast(8, 4, 0) ? "BEFORE_ON_PRIMARY_FAILOVER" : "EVENTUAL";
        assertThat(report.at("/groupConsistency/ofServers").asText()).isEqualTo(level);
        assertThat(run.output()).contains("  " + level + " * ");
        assertThat(report.at("/failover/modes/0/rounds/0/phases/electionMillis").asDouble())
                .isNotNegative();
    }
}
