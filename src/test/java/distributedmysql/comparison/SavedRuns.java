package distributedmysql.comparison;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Map;

/** JSON summaries of nights, as far as a comparison reads them. */
final class SavedRuns {
    static final Instant FIRST = Instant.parse("2026-01-01T02:00:00Z");

    private static final JsonMapper JSON = new JsonMapper();
    private static final DateTimeFormatter NAME =
            DateTimeFormatter.ofPattern("yyyyMMdd_HHmmss").withZone(ZoneOffset.UTC);

    private SavedRuns() {}

    /** Of the night after so many others; latencies in ms, by the metrics' names. */
    static ObjectNode night(int night, Map<String, Double> latencies) {
        ObjectNode report = JSON.createObjectNode().put("schemaVersion", 2);
        ObjectNode run = report.putObject("run")
                .put("start", start(night).toString())
                .put("profile", "nightly")
                .put("simulation", "FullSimulation")
                .put("gitCommit", "0123456789abcdef0123456789abcdef01234567")
                .put("completed", true);
        run.putObject("toolVersions").put("framework", "0.2.0");
        run.putObject("settings").put("soak.rate", 100).put("report.directory", "night" + night);
        ArrayNode nodes = report.putObject("topology").put("kind", "embedded").putArray("nodes");
        nodes.addObject().put("role", "primary").put("version", "8.0.33");
        nodes.addObject().put("role", "replica").put("version", "8.0.33");
        report.putObject("machine")
                .putObject("where")
                .putObject("processors")
                .put("model", "EPYC")
                .put("usable", 2);
        report.putObject("soak");
        ArrayNode metrics = report.putArray("metrics");
        latencies.forEach((name, value) -> metrics.addObject()
                .put("name", name)
                .put("unit", "ms")
                .put("better", "lower")
                .put("value", value));
        return report;
    }

    static Instant start(int night) {
        return FIRST.plus(Duration.ofDays(night));
    }

    static Path write(Path directory, ObjectNode report) throws IOException {
        Instant start = Instant.parse(report.at("/run/start").asText());
        Files.createDirectories(directory);
        return Files.write(
                directory.resolve("test_report_" + NAME.format(start) + ".json"), JSON.writeValueAsBytes(report));
    }
}
