package distributedmysql.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import distributedmysql.config.ReplicationMode;
import distributedmysql.experiment.failover.FailoverCheck;
import distributedmysql.experiment.failover.SemiSyncFallback;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * Reports of one profile from several topologies, given with {@code -Dreports=FILE,FILE,...}: each is as the schema says,
 * and all have the same checks (those of failovers apart), the same stages and the same verdict.
 */
class SavedReportsTest {
    @Test
    void reportsOfDifferentTopologiesHaveTheSameShape() throws IOException {
        String files = System.getProperty("reports", "");
        assumeTrue(!files.isEmpty(), "no -Dreports=FILE,FILE,...");
        List<JsonNode> reports = new ArrayList<>();
        for (String file : files.split(",")) {
            ReportSchema.validate(Path.of(file));
            reports.add(JsonMapper.builder().build().readTree(Path.of(file).toFile()));
        }
        JsonNode first = reports.get(0);
        for (JsonNode report : reports) {
            assertThat(withoutFailovers(names(report, "/checks"))).isEqualTo(withoutFailovers(names(first, "/checks")));
            assertThat(names(report, "/stages")).isEqualTo(names(first, "/stages"));
            assertThat(report.at("/verdict").asText())
                    .isEqualTo(first.at("/verdict").asText());
            assertThat(keys(report)).isEqualTo(keys(first));
        }
    }

    /** Primaries are killed only where the run started them. */
    private static List<String> withoutFailovers(List<String> checks) {
        List<String> rest = new ArrayList<>(checks);
        for (ReplicationMode mode : ReplicationMode.values()) {
            rest.removeAll(FailoverCheck.names(mode));
            rest.remove(SemiSyncFallback.name(mode));
        }
        return rest;
    }

    private static List<String> names(JsonNode report, String path) {
        List<String> names = new ArrayList<>();
        report.at(path).forEach(entry -> names.add(entry.get("name").asText()));
        return names;
    }

    /** Of the report and of its parts. Below, a key without a value is absent, and so depends on what was measured. */
    private static TreeSet<String> keys(JsonNode report) {
        TreeSet<String> keys = new TreeSet<>();
        for (String part : List.of("", "/run", "/topology", "/performance", "/consistency")) {
            report.at(part).fieldNames().forEachRemaining(key -> keys.add(part + "/" + key));
        }
        return keys;
    }
}
