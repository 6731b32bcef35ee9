package distributedmysql.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import distributedmysql.experiment.performance.MaxThroughput;
import distributedmysql.experiment.performance.MaxThroughput.Objective;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
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
    @ValueSource(
            strings = {
                "/schemaVersion",
                "/run",
                "/run/completed",
                "/run/settings",
                "/run/config/profiles",
                "/run/config/changed/0/origin",
                "/run/toolVersions/java",
                "/topology/nodes/0/serverUuid",
                "/topology/errantTransactions/0/replica",
                "/verdict",
                "/checks/0/evidence",
                "/notRun/0/reason",
                "/stages",
                "/stages/0/requests",
                "/stages/0/targetQps",
                "/stages/2/own",
                "/stages/2/byRequest/1/errorCounts",
                "/stages/2/byRequest/1/achievedQps",
                "/stages/1/concurrency",
                "/stages/0/errors/0/sqlState",
                "/stages/0/latencyMicros/p999",
                "/performance/maxThroughput/qps",
                "/performance/maxThroughput/curve/0/meetsObjective",
                "/consistency/readAfterWrite",
                "/consistency/readAfterWrite/1/probabilityFresh",
                "/consistency/visibilityMicros/1/p99",
                "/consistency/sessionGuarantees/1/firstViolation",
                "/consistency/sessionGuarantees/0/firstViolation/because",
                "/consistency/replicationLagMicros/replicas/0/server/transport",
                "/consistency/replicationLagMicros/replicas/0/series/0/probe",
                "/consistency/tableChecksums/0/firstDifferences",
                "/consistency/tableChecksums/0/firstDifferences/0/columns/0/column",
                "/consistency/tableChecksums/0/firstDifferences/0/columns/0/replica",
                "/consistency/tableChecksums/0/throttledMillis",
                "/consistency/lostWrites",
                "/consistency/history",
                "/consistency/tableChecksums",
                "/consistency/lostWrites/lostKeys",
                "/soak/intervals/0/qps",
                "/soak/drift/0/verdict",
                "/soak/drift/0/trendPercent/low",
                "/soak/leaks/0/samples",
                "/connections/steps/0/opened",
                "/connections/limit/reason",
                "/failover/modes/0/mode",
                "/failover/modes/0/rounds",
                "/failover/modes/0/rounds/0/promoted",
                "/failover/modes/0/rounds/0/returned/0/rebuilt",
                "/failover/modes/0/rtoMillis/worst",
                "/failover/modes/0/rpo/lost",
                "/failover/modes/0/rpo/lost/ranges",
                "/failover/modes/0/nodes/0/missing",
                "/failover/faults/0/node",
                "/machine/where",
                "/machine/where/processors/usable",
                "/machine/where/disks/0/fileSystem",
                "/machine/use/waits/longestStallMillis",
                "/machine/use/busy/0/reasons"
            })
    void refusesAMissingKey(String pointer) {
        assertRefused(pointer, parent -> parent.remove(key(pointer)));
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

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/anything",
                "/run/anything",
                "/run/toolVersions/anything",
                "/run/config/anything",
                "/run/config/changed/0/anything",
                "/topology/anything",
                "/topology/nodes/0/anything",
                "/topology/errantTransactions/0/anything",
                "/checks/0/anything",
                "/notRun/0/anything",
                "/performance/anything",
                "/stages/0/anything",
                "/stages/0/byRole/anything",
                "/stages/0/byRole/replica/anything",
                "/stages/0/byRequest/0/anything",
                "/stages/0/errors/0/anything",
                "/stages/0/latencyMicros/anything",
                "/performance/maxThroughput/anything",
                "/performance/maxThroughput/objective/anything",
                "/performance/maxThroughput/curve/0/anything",
                "/consistency/anything",
                "/consistency/readAfterWrite/0/anything",
                "/consistency/readAfterWrite/0/ci95/anything",
                "/consistency/readAfterWrite/0/actualDelayMicros/anything",
                "/consistency/readLatencyMicros/0/anything",
                "/consistency/visibilityMicros/0/anything",
                "/consistency/sessionGuarantees/0/anything",
                "/consistency/sessionGuarantees/0/firstViolation/anything",
                "/consistency/replicationLagMicros/anything",
                "/consistency/replicationLagMicros/replicas/0/anything",
                "/consistency/replicationLagMicros/replicas/0/probe/anything",
                "/consistency/replicationLagMicros/replicas/0/server/anything",
                "/consistency/replicationLagMicros/replicas/0/series/0/anything",
                "/consistency/replicationLagMicros/samplers/0/anything",
                "/consistency/tableChecksums/0/anything",
                "/consistency/tableChecksums/0/firstDifferences/0/anything",
                "/consistency/tableChecksums/0/firstDifferences/0/columns/0/anything",
                "/consistency/lostWrites/anything",
                "/consistency/rowChecksums/anything",
                "/failover/anything",
                "/soak/anything",
                "/soak/intervals/0/anything",
                "/soak/drift/0/anything",
                "/soak/leaks/0/anything",
                "/soak/leaks/0/ci95/anything",
                "/connections/steps/0/anything",
                "/connections/limit/anything",
                "/failover/modes/0/anything",
                "/failover/modes/0/rounds/0/anything",
                "/failover/modes/0/rounds/0/returned/0/anything",
                "/failover/modes/0/rtoMillis/anything",
                "/failover/modes/0/rpo/anything",
                "/failover/modes/0/rpo/lost/anything",
                "/failover/modes/0/nodes/0/anything",
                "/failover/modes/0/errors/0/anything",
                "/failover/faults/0/anything",
                "/machine/anything",
                "/machine/where/anything",
                "/machine/where/processors/anything",
                "/machine/where/memory/anything",
                "/machine/where/platform/anything",
                "/machine/where/jvm/anything",
                "/machine/where/disks/0/anything",
                "/machine/use/anything",
                "/machine/use/processors/anything",
                "/machine/use/waits/anything",
                "/machine/use/busy/0/anything"
            })
    void refusesAnUnknownKey(String pointer) {
        assertRefused(pointer, parent -> parent.put(key(pointer), 1));
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
            boolean isKey = path.endsWith("/properties") && !path.contains("/if") && !path.contains("/else");
            if (isKey && !entry.getValue().has("description")) {
                bare.add(here);
            }
            collectUndescribed(entry.getValue(), here, bare);
        });
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
