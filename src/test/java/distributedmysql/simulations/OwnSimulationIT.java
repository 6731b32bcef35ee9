package distributedmysql.simulations;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import distributedmysql.simulations.FailingSimulation.AllowedSimulation;
import distributedmysql.simulations.FailingSimulation.ExhaustedSimulation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Simulations of a user's own: their requests become stages, and one that fails fails the run. */
class OwnSimulationIT {
    private static final Path DOCUMENT = Path.of("docs/simulations.md");
    private static final Path EXAMPLE = Path.of("src/test/java/distributedmysql/simulations/TransfersSimulation.java");

    @Test
    void theExampleOfTheDocumentationIsTheOneThatIsRunHere() throws IOException {
        assertThat(Files.readString(DOCUMENT)).contains("```java\n" + Files.readString(EXAMPLE) + "```\n");
    }

    @Test
    @SimulationRun(simulation = TransfersSimulation.class)
    void theExamplePassesAndIsAStage(PlayedRun ended) {
        JsonNode report = ended.report();
        assertThat(ended.check("failed requests")).startsWith("VALID").contains("of 500 requests failed");
        ended.assertValidUnlessSlow();
        JsonNode stage = report.at("/stages/0");
        assertThat(stage.at("/name").asText()).isEqualTo("transfers");
        assertThat(stage.at("/own").asBoolean()).isTrue();
        assertThat(stage.at("/requests").asLong()).isEqualTo(500);
        assertThat(stage.at("/byRole/replica/requests").asLong()).isEqualTo(250);
        assertThat(stage.at("/byRole/primary/requests").asLong()).isEqualTo(250);
        assertThat(stage.at("/byRequest/0/name").asText()).isEqualTo("gold of a player");
        assertThat(stage.at("/byRequest/0/requests").asLong()).isEqualTo(250);
        assertThat(stage.at("/byRequest/0/achievedQps").asDouble()).isPositive();
        assertThat(stage.at("/byRequest/0/latencyMicros/p99").asLong()).isPositive();
        assertThat(stage.at("/byRequest/1/name").asText()).isEqualTo("transfer");
        assertThat(ended.output()).containsPattern("(?m)^transfers .*\n  gold of a player .*\n  transfer ");
        // One line of Gatling's for all checks.
        assertThat(ended.output().lines().filter(line -> line.contains("count of failed events")))
                .singleElement()
                .asString()
                .startsWith("all checks are VALID");
    }

    @Test
    @SimulationRun(simulation = FailingSimulation.class)
    void everyKindOfFailureFailsTheRunAndIsNamed(PlayedRun ended) {
        JsonNode report = ended.report();
        assertThat(report.at("/run/completed").asBoolean()).as(ended.output()).isTrue();
        assertThat(ended.check("failed requests"))
                .startsWith("INVALID")
                .containsPattern("\"update account\" in \"typo\": ([\\d,]+) of \\1 failed: \\1 times "
                        + "Table '\\w+\\.accountz' doesn't exist \\(1146\\)")
                .containsPattern("\"plugin typo\" in \"plugin\": 3 of 3 failed: 3 times "
                        + "Table '\\w+\\.accountz' doesn't exist \\(1146\\)")
                .containsPattern("\"too slow\" in \"slow\": 1 of 1 failed: 1 time .* \\(1317\\)")
                .contains("\"unexpected\" in \"unexpected\": 1 of 1 failed: 1 time expected 3 rows, found 1 (CHECK)")
                .contains("\"cut off\" in \"cut off\": 1 of 1 failed: 1 time No attribute named 'nowhere' is defined"
                        + " (CRASH)")
                .containsPattern(
                        "\"fails alone\" in .*: 1 of 1 failed: 1 time .*a fault in a step of one user \\(CRASH\\)")
                .contains("marked as failed by no request: 1 user of \"throwing\"")
                .contains("never sent: \"never sent\"")
                .contains("1 user of \"leaving\" left before its end, after a failure")
                .contains("mayFail names what is no request of this simulation: \"plugn typo\"")
                .doesNotContain("\"one\" in", "\"plugin one\" in");
        assertThat(report.at("/verdict").asText()).isEqualTo("FAIL");
        assertThat(ended.exitCode()).as(ended.output()).isEqualTo(2);
        JsonNode typo = stage(report, "typo");
        assertThat(typo.at("/model").asText()).isEqualTo("closed");
        assertThat(typo.at("/byRequest/1/errorCounts/0/code").asInt()).isEqualTo(1146);
        assertThat(typo.at("/byRequest/1/errorCounts/0/message").asText()).contains(".accountz'");
        assertThat(stage(report, "plugin").at("/engine").asText()).isEqualTo("gatling");
        assertThat(ended.output()).contains("INVALID  failed requests");
    }

    @Test
    @SimulationRun(simulation = AllowedSimulation.class)
    void whatMayFailPassesAndIsSaid(PlayedRun ended) {
        assertThat(ended.check("failed requests"))
                .startsWith("VALID 43 of 46 requests failed")
                .contains("may fail (the table comes later): \"update account\" in \"typo\": 40 of 40 failed")
                .contains("may fail (the plugin's table comes later): \"plugin typo\" in \"plugin\": 3 of 3 failed");
        ended.assertValidUnlessSlow();
    }

    @Test
    @Tag("nightly")
    @SimulationRun(simulation = ExhaustedSimulation.class)
    void aRunThatGatlingStopsBeforeItsEndDoesNotPass(PlayedRun ended) {
        JsonNode report = ended.report();
        assertThat(report.at("/run/completed").asBoolean()).as(ended.output()).isFalse();
        assertThat(report.at("/verdict").asText()).isEqualTo("FAIL");
        assertThat(ended.exitCode()).as(ended.output()).isNotZero();
    }

    private static JsonNode stage(JsonNode report, String name) {
        return StreamSupport.stream(report.at("/stages").spliterator(), false)
                .filter(stage -> stage.get("name").asText().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
