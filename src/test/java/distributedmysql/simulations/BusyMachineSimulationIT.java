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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole runs beside two busy loops. */
@Tag("nightly")
class BusyMachineSimulationIT {
    @TempDir
    static Path cache;

    @TempDir
    Path results;

    private final List<Process> loops = new ArrayList<>();

    @BeforeAll
    static void share() throws IOException {
        TestCache.share(cache);
    }

    @AfterAll
    static void removeLinks() throws IOException {
        TestCache.removeLinks(cache);
    }

    @BeforeEach
    void keepTheMachineBusy() throws IOException {
        for (int i = 0; i < Runtime.getRuntime().availableProcessors(); i++) {
            loops.add(new ProcessBuilder("sh", "-c", "while :; do :; done").start());
        }
    }

    @AfterEach
    void endLoops() {
        loops.forEach(Process::destroyForcibly);
    }

    @Test
    @DisplayName("Nothing is INVALID because of them, and the report says what they may have spoilt")
    void neverInvalid() throws Exception {
        Ended ended;
        try (SimulationProcess process =
                SimulationProcess.start(FullSimulation.class, cache, results, "", "performance.select.rates=800")) {
            ended = process.end();
        }
        JsonNode report = ended.report();
        assertThat(named(report, "INVALID")).as(ended.output()).isEmpty();
        assertThat(report.at("/machine/use/processors/othersPercent").asDouble())
                .isGreaterThan(25);
        assertThat(report.at("/machine/use/busy")).isNotEmpty();
        // Correctness has no figure that a busy machine could spoil.
        assertThat(report.at("/machine/use/busy").findValuesAsText("what"))
                .doesNotContain("table checksums")
                .noneMatch(part -> part.endsWith(" silent"));
        assertThat(ended.output()).contains("WARNING: this machine was busy");
        assertThat(ended.output()).contains("Machine: ");
    }

    @Test
    @DisplayName("A server that is stopped for 2 s meanwhile is INVALID")
    void aStoppedServer() throws Exception {
        Ended ended;
        try (SimulationProcess process = SimulationProcess.start(
                PerformanceSimulation.class,
                cache,
                results,
                "",
                "performance.mixed.steady=8s",
                "performance.mixed.rate=100")) {
            process.awaitLine(line -> line.contains("mixed 100/s:"), "the mixed stage");
            long pid = TestCache.server(cache, "node2").pid();
            signal("sleep 2; kill -STOP " + pid + "; sleep 2; kill -CONT " + pid);
            ended = process.end();
        }
        assertThat(named(ended.report(), "INVALID")).as(ended.output()).contains("server silence: performance");
    }

    private static void signal(String commands) throws IOException, InterruptedException {
        new ProcessBuilder("sh", "-c", commands).inheritIO().start().waitFor();
    }

    private static List<String> named(JsonNode report, String verdict) {
        List<String> names = new ArrayList<>();
        report.at("/checks").forEach(check -> {
            if (check.get("verdict").asText().equals(verdict)) {
                names.add(check.get("name").asText());
            }
        });
        return names;
    }
}
