package distributedmysql.simulations;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import distributedmysql.mysql.Node;
import distributedmysql.topology.ReplicaSet;
import distributedmysql.topology.TestCache;
import distributedmysql.topology.TestServers;
import distributedmysql.topology.TestSql;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@DisplayName("Maven alone is ended, not the JVM that Gatling's plugin has forked")
class MavenEndsIT {
    private static final Duration DEADLINE = Duration.ofMinutes(3);
    private static final String DATABASE = "maven_ends_it";
    private static final String DURING = "] mixed 50/s";

    @RegisterExtension
    final Simulations simulations = new Simulations();

    private Path results;
    private Path output;
    private ProcessHandle run;

    @BeforeEach
    void name() {
        results = simulations.directory().resolve("results");
        output = simulations.directory().resolve("output");
    }

    @Tag("nightly")
    @Test
    @DisplayName("kill -9: the run ends by itself, with its report, and no server is left")
    void killed() throws Exception {
        Path cache = simulations.cache();
        Process maven = start("", "embedded.cache-directory=" + cache);
        try {
            run(maven);
            maven.destroyForcibly();

            awaitEnd();
            assertInterrupted();
            assertThat(TestCache.servers(cache)).isEmpty();
            assertThat(cache.resolve("runs")).isEmptyDirectory();
        } finally {
            end(maven);
        }
    }

    @Test
    @DisplayName("kill, on the user's servers: no load goes on, and no database is left")
    void terminated() throws Exception {
        ReplicaSet replicaSet = TestServers.shared();
        List<String> settings = new ArrayList<>(TestServers.external(replicaSet));
        settings.addAll(List.of("external.user=" + replicaSet.primary().admin().user(), "data.database=" + DATABASE));
        Process maven = start(replicaSet.primary().admin().password().text(), settings.toArray(String[]::new));
        try {
            run(maven);
            maven.destroy();

            awaitEnd();
            assertInterrupted();
            for (Node node : replicaSet.nodes()) {
                String there =
                        "SELECT COUNT(*) FROM information_schema.SCHEMATA WHERE SCHEMA_NAME = '" + DATABASE + "'";
                Awaitility.await()
                        .atMost(DEADLINE)
                        .untilAsserted(() -> assertThat(TestSql.query(node, there))
                                .as(node.name())
                                .isEqualTo("0"));
            }
        } finally {
            end(maven);
            TestSql.execute(replicaSet.primary(), "DROP DATABASE IF EXISTS " + DATABASE);
        }
    }

    @Tag("nightly")
    @Test
    @DisplayName("The shell that started a run without Maven ends: the run goes on to its end")
    void anotherParent() throws Exception {
        List<String> command = new ArrayList<>(List.of("sh", "-c", "\"$@\" & wait", "sh"));
        command.addAll(SimulationProcess.command(OneStageSimulation.class, simulations.cache(), results));
        Process shell = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            awaitOutput("servers: primary");
            run = shell.children().findFirst().orElseThrow();
        } finally {
            shell.destroyForcibly();
        }

        awaitEnd();
        assertThat(report().at("/run/completed").asBoolean())
                .as(Files.readString(output))
                .isTrue();
    }

    /** Nothing is compiled: this test runs on what is. */
    private Process start(String password, String... settings) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("maven.home"), "bin", "mvn").toString(),
                "-o",
                "-B",
                "-Dmaven.repo.local=" + System.getProperty("maven.repo.local"),
                "-Dmaven.main.skip",
                "-Dmaven.test.skip",
                "-Dmaven.resources.skip",
                "-Dgatling.simulationClass=" + PerformanceSimulation.class.getName(),
                "-Dreport.directory=" + results));
        command.addAll(SimulationProcess.SHORT);
        command.add("-Dperformance.mixed.steady=10m");
        Stream.of(settings).forEach(setting -> command.add("-D" + setting));
        command.add("gatling:test");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
        if (!password.isEmpty()) {
            builder.environment().put("MYSQL_PASSWORD", password);
        }
        return builder.start();
    }

    /** The JVM of the run, when the load has begun. */
    private void run(Process maven) {
        awaitOutput(DURING);
        run = maven.children().findFirst().orElseThrow();
    }

    private void awaitOutput(String text) {
        Awaitility.await()
                .atMost(DEADLINE)
                .untilAsserted(() -> assertThat(Files.readString(output)).contains(text));
    }

    private void awaitEnd() {
        Awaitility.await().atMost(DEADLINE).untilAsserted(() -> {
            assertThat(run.isAlive()).as(Files.readString(output)).isFalse();
        });
    }

    private void assertInterrupted() throws IOException {
        JsonNode report = report();
        assertThat(report.at("/run/completed").asBoolean()).isFalse();
        assertThat(report.at("/stages/0/requests").asLong()).isPositive();
    }

    private JsonNode report() throws IOException {
        return new PlayedRun(0, Files.readString(output), results, simulations.cache()).report();
    }

    /** Whatever a test that failed has left. */
    private void end(Process maven) {
        maven.destroyForcibly();
        if (run != null) {
            run.destroyForcibly();
        }
    }
}
