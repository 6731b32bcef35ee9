package distributedmysql.simulations;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import distributedmysql.simulations.OneStageSimulation.WithInvalidCheckSimulation;
import distributedmysql.topology.TestCache;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How a run ends that goes well, that fails, that loses a server, and that is interrupted. */
class RunEndsIT {
    @RegisterExtension
    final Simulations simulations = new Simulations();

    @Test
    @SimulationRun(simulation = OneStageSimulation.class)
    void aRunWhoseChecksAreAllValidPasses(PlayedRun ended) throws IOException {
        assertThat(ended.exitCode()).as(ended.output()).isZero();
        assertThat(ended.report().at("/verdict").asText()).isEqualTo("PASS");
        assertThat(ended.errorLogs()).isEmpty();
        assertThat(ended.output()).doesNotContain("Error log of ");
        ended.assertNothingIsLeft();
    }

    @Test
    @SimulationRun(simulation = WithInvalidCheckSimulation.class)
    void aCheckThatFailsFailsTheBuildAndBothReportsAreThere(PlayedRun ended) throws IOException {
        assertThat(ended.exitCode()).as(ended.output()).isEqualTo(2);
        JsonNode report = ended.report();
        assertThat(ended.verdicts()).containsEntry("never valid", "INVALID");
        assertThat(report.at("/verdict").asText()).isEqualTo("FAIL");
        assertThat(ended.gatlingFolder().resolve("index.html")).isNotEmptyFile();
        assertErrorLogs(ended, report);
        ended.assertPageOpens();
        ended.assertNothingIsLeft();
    }

    @Test
    @DisplayName("Of two runs at once in one directory, each names the HTML report that Gatling made of it")
    void twoRunsInOneDirectory() throws Exception {
        Path results = simulations.newResults();
        try (SimulationProcess first = simulations.startIn(results, OneStageSimulation.class)) {
            first.awaitLine(line -> line.contains("] reads"), "the begin of the load");
            // However slowly the second one starts on a busy machine, the first is still there.
            first.pause();
            try (SimulationProcess second = simulations.startIn(results, OneStageSimulation.class)) {
                second.awaitLine(line -> line.contains("] reads"), "the begin of the load");
                first.goOn();
                Set<String> reports = Set.of(htmlReport(first.end()), htmlReport(second.end()));

                assertThat(reports).hasSize(2);
            }
        }
    }

    /** As our last words, our JSON summary and Gatling itself name it, which must be the same. */
    private static String htmlReport(PlayedRun run) throws IOException {
        String html = named("Gatling: (.*)", run);
        assertThat(named("Reports generated, please open the following file: file://(.*)", run))
                .isEqualTo(html);
        JsonNode report = JsonMapper.builder().build().readTree(new File(named("JSON: (.*)", run)));
        assertThat(report.at("/gatlingReport").asText()).isEqualTo(html);
        return html;
    }

    private static String named(String pattern, PlayedRun run) {
        Matcher line = Pattern.compile("^" + pattern + "$", Pattern.MULTILINE).matcher(run.output());
        assertThat(line.find()).as(pattern + " in " + run.output()).isTrue();
        return line.group(1);
    }

    @Test
    void aRunThatBreaksBeforeItHasAReportKeepsTheErrorLogs() throws Exception {
        try (SimulationProcess process = simulations.start(OneStageSimulation.class, "data.scale=20")) {
            process.awaitLine(line -> line.contains("data: "), "rows");
            TestCache.server(simulations.cache(), "node1").destroyForcibly();
            PlayedRun ended = process.end();

            assertThat(ended.exitCode()).as(ended.output()).isEqualTo(1);
            assertThat(ended.errorLogs())
                    .as(ended.output())
                    .hasSize(2)
                    .allSatisfy((node, log) -> assertThat(log)
                            .content()
                            .startsWith("MySQL Distributed Test Framework: the error log of " + node + " (127.0.0.1:")
                            .contains("ready for connections"));
            assertThat(ended.output().indexOf("Error log of node1: "))
                    .isPositive()
                    .isLessThan(ended.output().indexOf("error: "));
            ended.assertNothingIsLeft();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"routed", "gatling-jdbc"})
    @Tag("nightly")
    void aRunThatLosesItsReplicaGoesOnAndCountsTheErrors(String engine) throws Exception {
        try (SimulationProcess process = simulations.start(
                PerformanceSimulation.class,
                "load.engine=" + engine,
                "connection.pool-timeout=1s",
                "connection.connect-timeout=1s")) {
            process.awaitLine(line -> line.contains("] mixed 50/s"), "the stage mixed");
            TestCache.server(simulations.cache(), "node2").destroyForcibly();
            PlayedRun ended = process.end();

            assertThat(ended.exitCode()).as(ended.output()).isEqualTo(2);
            JsonNode report = ended.report();
            assertThat(report.at("/run/completed").asBoolean()).isTrue();
            assertThat(ended.verdicts())
                    .containsEntry("server counts: select 50/s", "VALID")
                    .containsEntry("server counts: mixed 50/s", "UNKNOWN")
                    .containsEntry("server counts: max throughput", "UNKNOWN")
                    .containsEntry("performance errors", "INVALID")
                    .containsEntry("failed requests", "INVALID");
            JsonNode mixed = report.at("/stages/1");
            List<String> states = new ArrayList<>();
            mixed.at("/errors")
                    .forEach(error -> states.add(error.get("sqlState").asText()));
            // Class 08: connection exception (SQL:2016, 24.1). Of a connection that its pool cannot open, the plugin
            // tells only that there was none.
            assertThat(states).as(mixed.toString()).isNotEmpty().allMatch(state -> state.matches("08...|POOL"));
            assertThat(mixed.at("/byRole/replica/errors").asLong()).isPositive();
            assertThat(mixed.at("/byRole/primary/errors").asLong()).isZero();
            assertThat(report.at("/verdict").asText()).isEqualTo("FAIL");
            assertThat(ended.gatlingFolder().resolve("index.html")).isNotEmptyFile();
            ended.assertNothingIsLeft();
        }
    }

    @Test
    void aRunThatIsInterruptedReportsWhatItHasAndEndsItsServers() throws Exception {
        try (SimulationProcess process = simulations.start(PerformanceSimulation.class)) {
            process.awaitLine(line -> line.contains("] mixed 50/s"), "the stage mixed");
            process.interrupt();
            PlayedRun ended = process.end();

            assertThat(ended.exitCode()).as(ended.output()).isNotZero();
            JsonNode report = ended.report();
            assertThat(report.at("/run/completed").asBoolean()).isFalse();
            assertThat(report.at("/verdict").asText()).isEqualTo("FAIL");
            assertThat(report.at("/stages/0/requests").asLong()).isPositive();
            // Gatling makes its report at the end only.
            assertThat(report.has("gatlingReport")).isFalse();
            assertThat(ended.output()).contains("Verdict: FAIL: interrupted").contains("JSON: " + ended.results());
            assertErrorLogs(ended, report);
            ended.assertPageOpens();
            ended.assertNothingIsLeft();
        }
    }

    @Test
    @Tag("nightly")
    void aGroupBehindARouterThatIsInterruptedIsEndedWithIt() throws Exception {
        try (SimulationProcess process = simulations.start(
                PerformanceSimulation.class,
                "embedded.replication=group",
                "embedded.replicas=2",
                "embedded.router=haproxy")) {
            process.awaitLine(line -> line.contains("] mixed 50/s"), "the stage mixed");
            assertThat(TestCache.processes(simulations.cache())).hasSize(4);
            process.interrupt();
            PlayedRun ended = process.end();

            assertThat(ended.report().at("/run/completed").asBoolean()).isFalse();
            assertThat(ended.errorLogs()).containsOnlyKeys("node1", "node2", "node3", "haproxy");
            assertThat(ended.errorLogs().get("haproxy")).content().contains("Server writer/node2 is DOWN");
            ended.assertNothingIsLeft();
        }
    }

    /** Of each server its own: the port that it says to listen on is the one of that name in the report. */
    private static void assertErrorLogs(PlayedRun ended, JsonNode report) {
        Map<String, Path> logs = ended.errorLogs();
        JsonNode nodes = report.at("/topology/nodes");
        assertThat(nodes).hasSize(2).hasSameSizeAs(logs.keySet());
        for (JsonNode node : nodes) {
            String name = node.get("name").asText();
            String port = node.get("port").asText();
            assertThat(logs.get(name))
                    .content()
                    .startsWith(
                            "MySQL Distributed Test Framework: the error log of " + name + " (127.0.0.1:" + port + ")")
                    .contains("port: " + port + " ");
            assertThat(ended.output()).contains("Error log of " + name + ": " + logs.get(name));
        }
    }
}
