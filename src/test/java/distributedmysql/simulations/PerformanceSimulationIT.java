package distributedmysql.simulations;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import distributedmysql.config.KeepSettings;
import distributedmysql.config.PlannedTime;
import distributedmysql.config.Settings;
import distributedmysql.experiment.AllSettings;
import distributedmysql.report.OldResults;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A whole run, from the start of its servers to both reports, through each engine. */
class PerformanceSimulationIT {
    // As long as a generated password, and made of the same characters.
    private static final String GENERATED_PASSWORD = "(?s).*\\b[0-9a-f]{32}\\b.*";

    @Test
    @SimulationRun(simulation = PerformanceSimulation.class, settings = "load.engine=routed")
    void routed(PlayedRun ended) throws IOException {
        // Before the other assertions: the last of them removes the page.
        ended.assertPageOpens();
        assertEveryStageIsMeasuredAndReportedAndNothingIsLeft(ended, "routed");
    }

    @Test
    @SimulationRun(simulation = PerformanceSimulation.class, settings = "load.engine=gatling-jdbc")
    void plugin(PlayedRun ended) throws IOException {
        assertEveryStageIsMeasuredAndReportedAndNothingIsLeft(ended, "gatling-jdbc");
    }

    private static void assertEveryStageIsMeasuredAndReportedAndNothingIsLeft(PlayedRun ended, String engine)
            throws IOException {
        JsonNode report = ended.report();
        assertThat(PlayedRun.texts(report.at("/stages"), "name"))
                .containsExactly(
                        "select 50/s",
                        "mixed 50/s",
                        "max throughput, 1 connection",
                        "max throughput, 2 connections",
                        "max throughput, 4 connections");
        report.at("/stages").forEach(stage -> {
            assertThat(stage.at("/engine").asText()).isEqualTo(engine);
            assertThat(stage.at("/requests").asLong()).as(stage.toString()).isPositive();
            assertThat(stage.at("/errors")).as(stage.toString()).isEmpty();
            assertThat(stage.at("/latencyMicros/p99").asLong()).isPositive();
            // The plugin does not tell how long it waited for a connection.
            assertThat(stage.has("poolWaitMicros")).isEqualTo(engine.equals("routed"));
        });
        assertThat(report.at("/performance/maxThroughput/curve")).hasSize(3);
        assertThat(report.at("/run/completed").asBoolean()).isTrue();
        ended.assertValidUnlessSlow();
        assertReportsAreNamed(ended, report);
        assertThat(ended.output() + report).doesNotMatch(GENERATED_PASSWORD);
        ended.assertNothingIsLeft();
        assertTheConsoleSaysWhatTheSettingsTake(ended.output(), settings(report));
        assertGatlingShowsEachStageByItself(ended.results());
        assertAllOfItIsKnownAsOurs(ended.results());
    }

    /** Its log has names as they are, among what is not text. */
    private static void assertGatlingShowsEachStageByItself(Path results) throws IOException {
        try (Stream<Path> files = Files.walk(results)) {
            Path log = files.filter(file -> file.endsWith("simulation.log"))
                    .findFirst()
                    .orElseThrow();
            assertThat(Files.readString(log, StandardCharsets.ISO_8859_1))
                    .containsPattern("select 50/s(, node2)?: select player")
                    .doesNotContain("population");
        }
    }

    /** What the steps take together is what a budget is compared with. */
    private static void assertTheConsoleSaysWhatTheSettingsTake(String output, Settings settings) {
        Duration load = PlannedTime.of(settings).minus(PlannedTime.preparation(settings));
        assertThat(output)
                .contains("the run takes about " + (load.toMillis() + 500) / 1_000 + " s, and ends at about ")
                .containsPattern(
                        "select 50/s: takes about \\d+ s; the run ends at about \\d\\d:\\d\\d:\\d\\d, in \\d+ s");
    }

    /** A later run may remove it, and nothing of it stays. */
    private static void assertAllOfItIsKnownAsOurs(Path results) throws IOException {
        try (Stream<Path> files = Files.list(results)) {
            // A run that was too slow has its servers' error logs too.
            assertThat(files.map(file -> file.getFileName().toString().replaceAll("\\d", "")))
                    .filteredOn(name -> !name.startsWith("error_log_"))
                    .containsExactlyInAnyOrder(
                            "report__.html",
                            "test_report__.json",
                            "junit__.xml",
                            "summary__.md",
                            "performancesimulation-");
        }
        KeepSettings keep = new KeepSettings(Optional.of(Duration.ofDays(1)), OptionalLong.empty());
        Path another = results.resolve("test_report_20000101_000000.json");
        assertThat(OldResults.remove(another, keep, Instant.now())).isEmpty();
        assertThat(OldResults.remove(another, keep, Instant.now().plus(Duration.ofDays(2))))
                .hasSize(1);
        assertThat(results).isEmptyDirectory();
    }

    private static Settings settings(JsonNode report) {
        Properties properties = new Properties();
        report.at("/run/settings").properties().forEach(setting -> {
            List<String> texts = new ArrayList<>();
            setting.getValue().forEach(item -> texts.add(item.asText()));
            String text = setting.getValue().isArray()
                    ? String.join(",", texts)
                    : setting.getValue().asText();
            properties.setProperty(setting.getKey(), text);
        });
        return AllSettings.load(properties, Set.of("performance"));
    }

    private static void assertReportsAreNamed(PlayedRun ended, JsonNode report) {
        Path html = ended.gatlingFolder().resolve("index.html");
        assertThat(html).isNotEmptyFile();
        assertThat(report.at("/gatlingReport").asText()).isEqualTo(html.toString());
        assertThat(ended.output()).contains("Gatling: " + html).contains("JSON: " + ended.results());
    }
}
