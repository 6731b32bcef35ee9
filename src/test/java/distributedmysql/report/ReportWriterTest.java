package distributedmysql.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportWriterTest {
    @TempDir
    private Path directory;

    @Test
    void theFileIsNamedAfterTheLocalTimeOfTheStart() {
        String time = DateTimeFormatter.ofPattern("yyyyMMdd_HHmmss")
                .withZone(ZoneOffset.UTC)
                .format(Reports.START);
        assertThat(ReportWriter.write(Reports.full(), directory.resolve("new/results")))
                .exists()
                .hasFileName("test_report_" + time + ".json");
    }

    @Test
    void neverReplacesAReport() throws IOException {
        Path first = ReportWriter.write(Reports.full(), directory);
        String content = Files.readString(first);
        Path second = ReportWriter.write(Reports.interrupted(), directory);
        Path third = ReportWriter.write(Reports.interrupted(), directory);
        String name = first.getFileName().toString().replace(".json", "");
        assertThat(second).hasFileName(name + "_2.json");
        assertThat(third).hasFileName(name + "_3.json");
        assertThat(first).hasContent(content);
        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files).containsExactlyInAnyOrder(first, second, third);
        }
    }

    @Test
    void keysKeepTheirOrder() throws IOException {
        JsonNode json = new JsonMapper().readTree(Files.readString(ReportWriter.write(Reports.full(), directory)));
        assertThat(json.fieldNames())
                .toIterable()
                .containsExactly(
                        "schemaVersion",
                        "run",
                        "topology",
                        "verdict",
                        "checks",
                        "notRun",
                        "stages",
                        "performance",
                        "consistency",
                        "soak",
                        "connections",
                        "groupConsistency",
                        "writeConflicts",
                        "quorumLoss",
                        "sharding",
                        "failover",
                        "endpoints",
                        "machine",
                        "gatlingReport",
                        "events",
                        "metrics");
        assertThat(json.at("/stages/0/latencyMicros").fieldNames())
                .toIterable()
                .containsExactly("min", "mean", "p50", "p90", "p95", "p99", "p999", "max");
        assertThat(json.at("/run/start").textValue()).isEqualTo("2026-03-04T05:06:07.250Z");
        assertThat(json.at("/run/settings").fieldNames())
                .toIterable()
                .containsExactly("data.scale", "performance.select.rates", "topology");
    }

    @Test
    void saysWhichFileCannotBeWritten() throws IOException {
        Path file = Files.writeString(directory.resolve("results"), "not a directory");
        assertThatThrownBy(() -> ReportWriter.write(Reports.full(), file))
                .isInstanceOf(ReportException.class)
                .hasMessageContaining(file.toAbsolutePath() + "/test_report_")
                .hasMessageContaining("cannot be written")
                .hasMessageContaining("on the console");
        assertThat(file).hasContent("not a directory");
    }
}
