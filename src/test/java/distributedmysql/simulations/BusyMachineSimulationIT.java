package distributedmysql.simulations;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import distributedmysql.topology.TestCache;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Whole runs beside two busy loops. */
@Tag("nightly")
class BusyMachineSimulationIT {
    @RegisterExtension
    final Simulations simulations = new Simulations();

    private final List<Process> loops = new ArrayList<>();

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
        PlayedRun ended = simulations.play(FullSimulation.class, "performance.select.rates=800");
        JsonNode report = ended.report();
        assertThat(ended.verdicts()).as(ended.output()).doesNotContainValue("INVALID");
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
        PlayedRun ended;
        try (SimulationProcess process = simulations.start(
                PerformanceSimulation.class, "performance.mixed.steady=8s", "performance.mixed.rate=100")) {
            process.awaitLine(line -> line.contains("mixed 100/s:"), "the mixed stage");
            long pid = TestCache.server(simulations.cache(), "node2").pid();
            signal("sleep 2; kill -STOP " + pid + "; sleep 2; kill -CONT " + pid);
            ended = process.end();
        }
        assertThat(ended.verdicts()).as(ended.output()).containsEntry("server silence: performance", "INVALID");
    }

    private static void signal(String commands) throws IOException, InterruptedException {
        new ProcessBuilder("sh", "-c", commands).inheritIO().start().waitFor();
    }
}
