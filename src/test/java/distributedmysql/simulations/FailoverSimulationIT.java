package distributedmysql.simulations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import distributedmysql.simulations.FailoverOnlySimulation.WithStoppedIoThreadSimulation;
import distributedmysql.simulations.FailoverOnlySimulation.WithoutReplicaAtFirstSimulation;
import distributedmysql.topology.docker.TestDocker;
import io.gatling.javaapi.core.Simulation;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Whole runs in which the primary is killed. */
class FailoverSimulationIT {
    private static final List<String> SETTINGS =
            List.of("failover.modes=after-sync", "failover.before=2s", "failover.after=8s");

    private static final Map<String, String> NOTHING_LOST = Map.of(
            "lost acknowledged writes: after-sync", "VALID",
            "split brain: after-sync", "VALID",
            "failed writes absent: after-sync", "VALID",
            "ledger on every node: after-sync", "VALID",
            "semi-sync fallback: after-sync", "VALID",
            "errant transactions", "VALID");

    @RegisterExtension
    final Simulations simulations = new Simulations();

    @Test
    void afterSyncLosesNothingAndEveryServerReplicatesAgain() throws Exception {
        PlayedRun ended = run(FailoverOnlySimulation.class, "failover.rounds=2");

        JsonNode report = ended.report();
        assertThat(ended.verdicts()).as(ended.output()).isEqualTo(NOTHING_LOST);
        assertThat(ended.exitCode()).isZero();
        JsonNode failover = report.at("/failover/modes/0");
        assertThat(PlayedRun.texts(failover.at("/rounds"), "former")).containsExactly("node1", "node2");
        assertThat(PlayedRun.texts(failover.at("/rounds"), "promoted")).containsExactly("node2", "node1");
        failover.at("/rounds").forEach(round -> {
            assertThat(round.at("/rtoMillis").asDouble()).isPositive();
            assertThat(round.at("/alone").asBoolean()).isTrue();
            assertThat(round.at("/returned/0/millis").asDouble()).isPositive();
            assertThat(gapMillis(round.at("/timeline")))
                    .as(round.toPrettyString())
                    .isCloseTo(round.at("/rtoMillis").asDouble(), within(100.0));
            assertThat(PlayedRun.texts(round.at("/timeline/moments"), "what"))
                    .startsWith("kill of " + round.at("/former").asText(), "found dead")
                    .contains("first write", round.at("/former").asText() + " back");
        });
        assertThat(failover.at("/rpo/acknowledged").asLong()).isPositive();
        assertThat(failover.at("/errors")).isNotEmpty();
        assertThat(PlayedRun.texts(report.at("/failover/faults"), "node")).containsExactly("node1", "node2");
        report.at("/failover/faults")
                .forEach(fault -> assertThat(fault.has("healed")).isTrue());
        ended.assertNothingIsLeft();
    }

    /** The longest time without an answered write: from the middle of the interval before it to that of the one after it. */
    private static double gapMillis(JsonNode timeline) {
        int longest = 0;
        int now = 0;
        for (JsonNode answered : timeline.at("/writesAnswered")) {
            now = answered.asInt() == 0 ? now + 1 : 0;
            longest = Math.max(longest, now);
        }
        return (longest + 1) * timeline.at("/intervalMillis").asDouble();
    }

    @Test
    @Tag("nightly")
    void afterEachFailoverThatOutlastsItsLoadTheTimeIsAbsentAndTheChecksSayWhy() throws Exception {
        PlayedRun ended = run(
                FailoverOnlySimulation.class,
                "failover.rounds=2",
                "failover.modes=async",
                "failover.before=1s",
                "failover.after=1s",
                "failover.detection.failures=15");

        JsonNode failover = ended.report().at("/failover/modes/0");
        assertThat(failover.at("/rounds")).as(ended.output()).hasSize(2);
        failover.at("/rounds").forEach(round -> {
            assertThat(round.has("detectMillis")).isTrue();
            assertThat(round.has("rtoMillis")).isFalse();
            assertThat(round.has("readRtoMillis")).isFalse();
            assertThat(round.has("recoveredMillis")).isFalse();
        });
        assertThat(failover.has("rtoMillis")).isFalse();
        assertThat(failover.at("/reason").asText())
                .contains("no write was acknowledged after failover 1 of 2", "after failover 2 of 2")
                .contains("failover.after = 1000 ms");
        assertThat(ended.verdicts()).containsEntry("split brain: async", "UNKNOWN");
        assertThat(ended.exitCode()).isEqualTo(2);
    }

    @Test
    @Tag("nightly")
    void afterARoundThatFailedTheNextOneIsPlayed() throws Exception {
        PlayedRun ended = run(
                WithoutReplicaAtFirstSimulation.class,
                "failover.rounds=2",
                "failover.modes=async",
                // Time for the pools to reach the primary that was down in round 1.
                "failover.before=5s",
                "failover.deadline=10s");

        JsonNode failover = ended.report().at("/failover/modes/0");
        assertThat(failover.at("/reason").asText())
                .startsWith("round 1: waited 15000 ms for node1 (")
                .contains(": its death; last state: ");
        assertThat(failover.at("/reason").asText()).doesNotContain("round 2", "not played");
        assertThat(failover.at("/rounds")).as(ended.output()).hasSize(1);
        assertThat(failover.at("/rounds/0/former").asText()).isEqualTo("node1");
        assertThat(failover.at("/rounds/0/promoted").asText()).isEqualTo("node2");
        assertThat(failover.at("/rounds/0/rtoMillis").asDouble())
                .as(failover.toPrettyString())
                .isPositive();
        assertThat(ended.verdicts()).containsEntry("lost acknowledged writes: async", "UNKNOWN");
        assertThat(ended.exitCode()).isEqualTo(2);
        ended.assertNothingIsLeft();
    }

    @Test
    @Tag("nightly")
    void onContainersTheVerdictsAreTheSame() throws Exception {
        TestDocker.assumeUsable();
        List<String> settings = new ArrayList<>(SETTINGS);
        settings.addAll(List.of("topology=docker", "docker.image=" + TestDocker.image(), "debug=topology"));
        try (SimulationProcess process = start(FailoverOnlySimulation.class, settings)) {
            PlayedRun ended = process.end();

            JsonNode report = ended.report();
            assertThat(report.at("/topology/kind").asText()).isEqualTo("docker");
            assertThat(ended.verdicts()).as(ended.output()).isEqualTo(NOTHING_LOST);
            assertThat(ended.exitCode()).isZero();
            JsonNode round = report.at("/failover/modes/0/rounds/0");
            assertThat(round.at("/former").asText()).isEqualTo("node1");
            assertThat(round.at("/promoted").asText()).isEqualTo("node2");
            assertThat(report.at("/failover/modes/0/rpo/acknowledged").asLong()).isPositive();
            assertThat(TestDocker.left(process.pid())).isEmpty();
            assertThat(ended.theOne("debug_.*\\.log"))
                    .content()
                    .contains("): started: a container of " + TestDocker.image())
                    .contains("): docker kill", "): docker start", "docker: removed the container ");
        }
    }

    @Test
    @Tag("nightly")
    void aSilentFallBackAndTheWritesThatItLosesAreReported() throws Exception {
        PlayedRun ended = run(WithStoppedIoThreadSimulation.class, "failover.semi-sync-timeout=500ms");

        JsonNode report = ended.report();
        assertThat(ended.verdicts())
                .as(ended.output())
                .containsEntry("semi-sync fallback: after-sync", "INVALID")
                .containsEntry("lost acknowledged writes: after-sync", "INVALID")
                .containsEntry("split brain: after-sync", "VALID");
        assertThat(ended.exitCode()).isEqualTo(2);
        JsonNode round = report.at("/failover/modes/0/rounds/0");
        assertThat(round.at("/lost/count").asLong()).isPositive();
        // What it had and nobody else was thrown away with it.
        assertThat(round.at("/returned/0/extraGtids").asText()).isNotEmpty();
        assertThat(round.at("/returned/0/rebuilt").asBoolean()).isTrue();
        assertThat(ended.verdicts()).containsEntry("ledger on every node: after-sync", "VALID");
        assertThat(PlayedRun.texts(report.at("/failover/faults"), "name"))
                .containsExactly("stop IO thread", "kill and restart");
        // What the kill lets fail is in the figures, and no KO of Gatling's.
        assertThat(report.at("/failover/modes/0/errors")).isNotEmpty();
        assertThat(Files.readString(ended.gatlingFolder().resolve("index.html")))
                .containsPattern(withoutKo("ledger write"))
                .containsPattern(withoutKo("ledger write, failed during the planned failover"));
        ended.assertNothingIsLeft();
    }

    @Tag("nightly")
    @Test
    void aRunThatIsInterruptedDuringAFailoverHealsAndReportsNoFigures() throws Exception {
        List<String> settings = new ArrayList<>(SETTINGS);
        settings.add("failover.after=60s");
        try (SimulationProcess process = start(FailoverOnlySimulation.class, settings)) {
            process.awaitLine(line -> line.contains("is dead, found after"), "a failover");
            process.interrupt();
            PlayedRun ended = process.end();

            JsonNode report = ended.report();
            assertThat(report.at("/run/completed").asBoolean()).isFalse();
            assertThat(report.at("/stability").has("failover")).isFalse();
            assertThat(report.at("/failover/faults/0/healed").asText()).isNotEmpty();
            assertThat(report.at("/checks")).isEmpty();
            ended.assertNothingIsLeft();
        }
    }

    private PlayedRun run(Class<? extends Simulation> simulation, String... more) throws Exception {
        List<String> settings =
                Stream.concat(SETTINGS.stream(), Stream.of(more)).toList();
        try (SimulationProcess process = start(simulation, settings)) {
            return process.end();
        }
    }

    private SimulationProcess start(Class<? extends Simulation> simulation, List<String> settings) throws Exception {
        return simulations.start(simulation, settings.toArray(String[]::new));
    }

    /** A line of Gatling's report: requests of this name, and no KO. */
    private static String withoutKo(String request) {
        return ">" + request + "</span>(?:(?!</tr>)[\\s\\S])*?<td class=\"value total col-2\">[1-9]\\d*</td>\\s*"
                + "<td class=\"value ok col-3\">\\d+</td>\\s*<td class=\"value ko col-4\">[0-]</td>";
    }
}
