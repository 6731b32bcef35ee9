package distributedmysql.comparison;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import distributedmysql.report.Metric;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompareTest {
    @TempDir
    private Path directory;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final Random random = new Random(5);

    @Test
    @DisplayName(
            "Of two directories, what was made slower is worse, what was made faster better, and the rest not different")
    void known() throws IOException {
        nights("old", 0, 8, 1, 1);
        nights("new", 8, 6, 1.3, 0.7);

        assertThat(compare("old", "new")).isEqualTo(2);

        JsonNode json = json("new");
        assertThat(json.path("comparable").asBoolean()).isTrue();
        assertThat(json.path("before")).hasSize(8);
        assertThat(json.path("metrics")).hasSize(3);
        JsonNode slower = json.at("/metrics/0");
        assertThat(slower.path("finding").asText()).isEqualTo("worse");
        assertThat(slower.path("basis").asText()).isEqualTo("runs");
        assertThat(slower.path("changePercent").asDouble()).isBetween(24.0, 36.0);
        assertThat(slower.path("lowPercent").asDouble()).isGreaterThan(15);
        assertThat(slower.path("smallestPercent").asDouble()).isBetween(3.0, 15.0);
        assertThat(json.at("/metrics/1/finding").asText()).isEqualTo("better");
        assertThat(json.at("/metrics/2/finding").asText()).isEqualTo("no difference seen");
        assertThat(text(out))
                .contains("Comparable: equal simulation")
                .contains("worse: slower\n")
                .contains("better: faster\n")
                .contains("Of 3 metrics that could be judged, 1 worse, 1 better;")
                .contains("JSON: " + directory.resolve("new"));
    }

    @Test
    @DisplayName("One run on each side has no interval, unless it was measured over time")
    void single() throws IOException {
        ObjectNode old = SavedRuns.night(0, Map.of("soak", 1.0, "select", 1.0));
        ObjectNode now = SavedRuns.night(1, Map.of("soak", 1.4, "select", 3.0));
        series(old, 1);
        series(now, 1.4);

        assertThat(compare(SavedRuns.write(directory, old), SavedRuns.write(directory, now)))
                .isEqualTo(2);
        assertThat(text(out))
                .containsPattern("select +1.000 ms +3.000 ms +\\+200.0 % +not known: one run on each side: no interval")
                .containsPattern("soak +1.000 ms +1.400 ms .* worse\n")
                .contains("say nothing of how runs differ from each other");
    }

    @Test
    @DisplayName("What differs between the sides is said, and so is what was left out")
    void notAlike() throws IOException {
        ObjectNode old = SavedRuns.night(0, Map.of("a", 1.0, "gone", 1.0));
        ObjectNode now = SavedRuns.night(1, Map.of("a", 1.0, "here", 1.0));
        ((ObjectNode) now.at("/topology/nodes/0")).put("version", "8.4.6");
        ((ObjectNode) now.at("/topology/nodes/1")).put("version", "8.4.6");
        ((ObjectNode) now.at("/run/settings")).put("soak.rate", 200);
        SavedRuns.write(directory.resolve("old"), old);
        SavedRuns.write(directory.resolve("old"), quick(SavedRuns.night(-1, Map.of("a", 1.0))));
        Files.writeString(directory.resolve("old/test_report_20260101_000000.json"), "{\n]");

        assertThat(compare(directory.resolve("old"), SavedRuns.write(directory, now)))
                .isZero();
        assertThat(text(out))
                .contains("Not alike")
                .contains("  server version: 8.0.33 before, 8.4.6 now\n")
                .contains("Settings that differ:\n  soak.rate: 100 before, 200 now\n")
                .contains("left out: " + directory.resolve("old") + ": 1 run of another kind than the latest")
                .contains("test_report_20260101_000000.json: is no JSON: line 2")
                .contains("Only in the old runs: gone\n")
                .contains("Only in the new runs: here\n");
    }

    private static ObjectNode quick(ObjectNode report) {
        ((ObjectNode) report.get("run")).put("profile", "quick");
        return report;
    }

    @Test
    @DisplayName("A file that cannot be compared is one line that says why")
    void refused() throws IOException {
        Path good = SavedRuns.write(directory, SavedRuns.night(0, Map.of("a", 1.0)));
        ObjectNode older = SavedRuns.night(1, Map.of());
        older.remove("metrics");
        ObjectNode broken = SavedRuns.night(2, Map.of());
        ((ObjectNode) broken.get("run")).put("completed", false).put("incomplete", "interrupted");

        assertRefused(
                good, directory.resolve("none.json"), "none.json: not found; must be a JSON summary of a run, or");
        assertRefused(good, SavedRuns.write(directory, older), ".json: has no metrics; it was made by a version");
        assertRefused(good, SavedRuns.write(directory, broken), ": the run did not come to its end: interrupted");
        assertRefused(good, Files.writeString(directory.resolve("a.json"), "{"), "a.json: is no JSON: line 1");
        assertRefused(
                good, Files.writeString(directory.resolve("b.json"), "[]"), "b.json: is no JSON summary of a run");
        assertRefused(good, Files.createDirectory(directory.resolve("empty")), "empty: no run in it can be compared");
        err.reset();
        assertThat(Compare.run(List.of("one"), print(out), print(err))).isEqualTo(1);
        assertThat(text(err)).startsWith("usage: Compare OLD NEW");
    }

    private void assertRefused(Path old, Path now, String why) {
        err.reset();
        assertThat(compare(old, now)).isEqualTo(1);
        assertThat(text(err)).contains(why).hasLineCount(1);
    }

    @Test
    @DisplayName("Where nothing has changed, at most one comparison in twenty says that something did")
    void falseAlarms() throws IOException {
        int alarms = 0;
        int comparisons = 400;
        for (int i = 0; i < comparisons; i++) {
            Comparison same = Comparison.of(noise(5), noise(3));
            boolean alarm = !same.of(MetricComparison.Finding.NO_DIFFERENCE).equals(same.metrics());
            alarms += alarm ? 1 : 0;
        }
        assertThat((double) alarms / comparisons).isLessThanOrEqualTo(0.06);
    }

    /** Thirty metrics, the noise of half of which is the same. */
    private Runs noise(int count) {
        List<ComparedRun> runs = new ArrayList<>();
        for (int run = 0; run < count; run++) {
            Map<String, Metric> metrics = new LinkedHashMap<>();
            double shared = random.nextGaussian();
            for (int i = 0; i < 30; i++) {
                double deviation = i % 2 == 0 ? shared : random.nextGaussian();
                // Now and then a run is disturbed, as on a machine that others use.
                double disturbed = random.nextInt(10) == 0 ? 0.3 : 0;
                metrics.put("m" + i, Metric.micros("m" + i, Math.round(1e5 * Math.exp(0.1 * deviation + disturbed))));
            }
            runs.add(new ComparedRun(directory, SavedRuns.start(run), Map.of(), "8.0.33", Map.of(), Map.of(), metrics));
        }
        return new Runs(runs, List.of());
    }

    private void nights(String name, int first, int count, double slower, double faster) throws IOException {
        for (int night = first; night < first + count; night++) {
            Map<String, Double> latencies = new LinkedHashMap<>();
            latencies.put("slower", slower * noisy());
            latencies.put("faster", faster * noisy());
            latencies.put("same", noisy());
            SavedRuns.write(directory.resolve(name), SavedRuns.night(night, latencies));
        }
    }

    private double noisy() {
        return Math.exp(0.03 * random.nextGaussian());
    }

    private void series(ObjectNode report, double mean) {
        report.get("metrics").forEach(metric -> {
            if (metric.path("name").asText().equals("soak")) {
                ArrayNode series = ((ObjectNode) metric).putArray("series");
                for (int i = 0; i < 60; i++) {
                    series.add(mean * noisy());
                }
            }
        });
    }

    private int compare(String old, String now) {
        return compare(directory.resolve(old), directory.resolve(now));
    }

    private int compare(Path old, Path now) {
        return Compare.run(List.of(old.toString(), now.toString()), print(out), print(err));
    }

    private JsonNode json(String name) throws IOException {
        try (var files = Files.newDirectoryStream(directory.resolve(name), "comparison_*.json")) {
            return new JsonMapper().readTree(Files.readAllBytes(files.iterator().next()));
        }
    }

    private static PrintStream print(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, true, UTF_8);
    }

    private static String text(ByteArrayOutputStream bytes) {
        return bytes.toString(UTF_8);
    }
}
