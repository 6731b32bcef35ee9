package distributedmysql.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import distributedmysql.experiment.Experiments;
import distributedmysql.experiment.performance.MaxThroughput;
import distributedmysql.experiment.performance.MaxThroughput.Objective;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReportSchemaTest {
    @TempDir
    private Path directory;

    private ObjectNode full;

    @BeforeEach
    void readFullReport() throws IOException {
        full = (ObjectNode) new JsonMapper().readTree(json(Reports.full()));
    }

    @Test
    @DisplayName("The published schema is what the records say; make schema writes it anew")
    void isUpToDate() throws IOException {
        String made = SchemaOfRecords.of(new Experiments().experiments());
        if (Boolean.getBoolean("schema.write")) {
            Files.writeString(ReportSchema.FILE, made);
        }
        assertThat(ReportSchema.read(ReportSchema.FILE))
                .as("%s is not what the records say; to write it anew: make schema", ReportSchema.FILE)
                .isEqualTo(made);
    }

    @Test
    void acceptsAFullReport() {
        ReportSchema.validate(ReportWriter.write(Reports.full(), directory));
    }

    @Test
    void acceptsAMinimalInterruptedReport() {
        ReportSchema.validate(ReportWriter.write(Reports.interrupted(), directory));
    }

    @Test
    void acceptsAMaximumThroughputOfNone() {
        String json = json(Reports.of(List.of(), List.of(), MaxThroughput.of(List.of(), new Objective(1, 0))));
        assertThat(json).contains("\"qps\" : null", "\"connections\" : null", "\"reason\"");
        assertThat(ReportSchema.errors(json)).isEmpty();
    }

    @Test
    void acceptsAConsistencyPartWithoutFigures() {
        RunReport report = Reports.full();
        RunReport bare = RunReport.of(report.run(), report.topology(), report.checks(), List.of())
                .with(List.of(), Map.of("consistency", ConsistencyReports.bare()));
        ReportSchema.validate(ReportWriter.write(bare, directory));
    }

    @Test
    void acceptsTheConsistencyPartOfAReadOnlyRun() {
        for (String key : List.of(
                "readAfterWrite",
                "readLatencyMicros",
                "visibilityMicros",
                "sessionGuarantees",
                "lostWrites",
                "rowChecksums",
                "history")) {
            assertThat(((ObjectNode) full.at("/consistency")).remove(key)).isNotNull();
        }
        assertThat(ReportSchema.errors(full.toString())).isEmpty();
    }

    @Test
    void acceptsADatabaseWhoseTablesCouldNotBeListedButNotWithoutAReason() {
        ObjectNode entry = (ObjectNode) full.at("/consistency/tableChecksums/0");
        entry.remove("table");
        entry.put("incomplete", "node2: Connection refused");
        assertThat(ReportSchema.errors(full.toString())).isEmpty();
        entry.remove("incomplete");
        assertThat(ReportSchema.errors(full.toString())).isNotEmpty();
    }

    @Test
    void acceptsAStageThatWasInterrupted() {
        ((ObjectNode) full.at("/stages/0")).put("interrupted", true);
        assertThat(ReportSchema.errors(full.toString())).isEmpty();
        ((ObjectNode) full.at("/stages/0")).put("interrupted", false);
        assertThat(ReportSchema.errors(full.toString())).isNotEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "/schemaVersion, 1",
        "/run/start, 'yesterday'",
        "/run/start, '2026-03-04T05:06:07+01:00'",
        "/run/completed, 'true'",
        "/run/gitCommit, 'main'",
        "/verdict, 'VALID'",
        "/checks/0/verdict, 'PASS'",
        "/topology/nodes/0/role, 'master'",
        "/topology/nodes/0/port, 0",
        "/stages/0/model, 'half-open'",
        "/stages/0/requests, -1",
        "/stages/0/latencyMicros/p95, 1.5",
        "/performance/maxThroughput/qps, 'much'",
        "/consistency/readAfterWrite/0/strategy, 'GTID_WAIT'",
        "/consistency/readAfterWrite/0/probabilityFresh, 1.5",
        "/consistency/readAfterWrite/0/ci95, 0.5",
        "/consistency/visibilityMicros/0/p50, -1",
        "/consistency/sessionGuarantees/0/guarantee, 'READ_YOUR_WRITES'",
        "/consistency/sessionGuarantees/0/firstViolation, 'none'",
        "/consistency/replicationLagMicros/replicas/0/probe/avg, 'NaN'",
        "/consistency/tableChecksums/0/firstDifferences/0/kind, 'DIFFERING'",
        "/consistency/tableChecksums/0/incomplete, 1",
        "/consistency/lostWrites/lost, -1",
        "/failover/modes/0/mode, 'semi-sync'",
        "/failover/modes/0/rounds/0/fencing, 'READ_ONLY'",
        "/failover/modes/0/rounds/0/detectMillis, -1",
        "/failover/modes/0/errors/0/operation, 'commit'",
        "/failover/faults/0/injected, 'yesterday'",
        "/machine/where/processors/count, 1.5",
        "/machine/use/processors/othersPercent, 101",
        "/machine/use/busy/0/busySeconds, 'all'"
    })
    void refusesAWrongValue(String pointer, String value) {
        assertRefused(pointer, parent -> {
            if (value.matches("-?[0-9.]+")) {
                parent.put(key(pointer), Double.parseDouble(value));
            } else {
                parent.put(key(pointer), value);
            }
        });
    }

    @Test
    @DisplayName("Any object of the report refuses a key that its record does not have")
    void refusesUnknownKeys() {
        List<String> accepting = new ArrayList<>();
        forEachObject(full, "", (path, object) -> {
            object.put("anything", 1);
            if (ReportSchema.errors(full.toString()).isEmpty()) {
                accepting.add(path.replaceAll("/[0-9]+", "/0"));
            }
            object.remove("anything");
        });
        assertThat(accepting.stream().distinct()).containsExactlyInAnyOrder("/run/settings");
    }

    @ParameterizedTest
    @DisplayName(
            "What is never absent is required: primitives, what may not be null, what is null in the JSON too, methods")
    @ValueSource(
            strings = {
                "/stages/0/requests",
                "/run/toolVersions/java",
                "/consistency/readAfterWrite/1/probabilityFresh",
                "/consistency/sessionGuarantees/1/firstViolation",
                "/run/completed"
            })
    void refusesAMissingKey(String pointer) {
        assertRefused(pointer, parent -> parent.remove(key(pointer)));
    }

    @Test
    void theHelperFailsWithThePlaceOfTheError() throws IOException {
        full.remove("verdict");
        Path file = Files.writeString(directory.resolve("report.json"), full.toString());
        assertThatThrownBy(() -> ReportSchema.validate(file))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("verdict");
    }

    @Test
    void describesEveryKey() throws IOException {
        List<String> bare = new ArrayList<>();
        collectUndescribed(new JsonMapper().readTree(ReportSchema.read(ReportSchema.FILE)), "", bare);
        assertThat(bare).isEmpty();
    }

    private static void collectUndescribed(JsonNode node, String path, List<String> bare) {
        node.properties().forEach(entry -> {
            String here = path + "/" + entry.getKey();
            boolean isKey = path.endsWith("/properties") && !path.contains("/if");
            // What may not be there at all is false.
            if (isKey && entry.getValue().isObject() && !entry.getValue().has("description")) {
                bare.add(here);
            }
            collectUndescribed(entry.getValue(), here, bare);
        });
    }

    private static void forEachObject(JsonNode node, String path, BiConsumer<String, ObjectNode> use) {
        if (node instanceof ObjectNode object) {
            use.accept(path, object);
            object.properties().forEach(entry -> forEachObject(entry.getValue(), path + "/" + entry.getKey(), use));
        } else {
            for (int i = 0; i < node.size(); i++) {
                forEachObject(node.get(i), path + "/" + i, use);
            }
        }
    }

    /** The full report is accepted, and refused after the change. */
    private void assertRefused(String pointer, Consumer<ObjectNode> change) {
        assertThat(ReportSchema.errors(full.toString())).isEmpty();
        change.accept((ObjectNode) full.at(pointer.substring(0, pointer.lastIndexOf('/'))));
        assertThat(ReportSchema.errors(full.toString())).isNotEmpty();
    }

    private static String key(String pointer) {
        return pointer.substring(pointer.lastIndexOf('/') + 1);
    }

    private String json(RunReport report) {
        return ReportSchema.read(ReportWriter.write(report, directory));
    }
}
