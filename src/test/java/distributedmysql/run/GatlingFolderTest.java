package distributedmysql.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Gatling's report of this run, among those of runs before it, beside it and after it. */
class GatlingFolderTest {
    private static final LocalDateTime FROM = LocalDateTime.parse("2026-03-04T05:06:07.100");
    private static final LocalDateTime TO = FROM.plusNanos(50_000_000);

    @TempDir
    Path results;

    private GatlingFolder gatling;

    @BeforeEach
    void others() throws IOException {
        gatling = new GatlingFolder("FullSimulation", results);
        for (String other : new String[] {
            "fullsimulation-20260304050607099",
            "fullsimulation-20260304050607151",
            "fullsimulation-20260304060607120",
            "fullsimulation-2026030405060712",
            "myfullsimulation-20260304050607120",
            "fullsimulation-x-20260304050607120"
        }) {
            run(other);
        }
        Files.createFile(results.resolve("test_report_20260304_050607.json"));
    }

    @ParameterizedTest
    @DisplayName("It is named by a moment of this run's beginning, whoever has begun before or after that")
    @CsvSource({
        "FullSimulation, fullsimulation-20260304050607100",
        "FullSimulation, fullsimulation-20260304050607123",
        "FullSimulation, fullsimulation-20260304050607150",
        "My_own$Simulation, my-own-simulation-20260304050607123"
    })
    void own(String simulation, String folder) throws IOException {
        run(folder);
        GatlingFolder own = new GatlingFolder(simulation, results);
        assertThat(own.report()).isEmpty();
        own.logOpened(FROM, TO);

        assertThat(own.report()).contains(results.resolve(folder).resolve("index.html"));
        assertThat(own.log()).contains(results.resolve(folder).resolve("simulation.log"));
    }

    @Test
    @DisplayName("Where this run has none, none is named")
    void none() {
        gatling.logOpened(FROM, TO);

        assertThat(gatling.report()).isEmpty();
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    @DisplayName("Of two that began in the same moment it is the one whose log this process writes")
    void sameMoment() throws IOException {
        run("fullsimulation-20260304050607110");
        Path own = run("fullsimulation-20260304050607120");
        run("fullsimulation-20260304050607130");
        try (Writer log = Files.newBufferedWriter(own.resolve("simulation.log"))) {
            log.flush();
            gatling.logOpened(FROM, TO);
        }

        assertThat(gatling.report()).contains(own.resolve("index.html"));
    }

    @Test
    @DisplayName("Of two that began in the same moment neither is named, if nobody can say whose they are")
    void nobodyKnows() throws IOException {
        run("fullsimulation-20260304050607110");
        run("fullsimulation-20260304050607120");
        gatling.logOpened(FROM, TO);

        assertThat(gatling.report()).isEmpty();
    }

    private Path run(String folder) throws IOException {
        Path made = Files.createDirectory(results.resolve(folder));
        Files.createFile(made.resolve("simulation.log"));
        return made;
    }
}
