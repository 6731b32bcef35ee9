package distributedmysql.comparison;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FindChangesTest {
    private static final int UPGRADE = 17;

    @TempDir
    private Path directory;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    @DisplayName("The upgrade after which a latency rose is dated, and named beside it")
    void upgrade() throws IOException {
        Random random = new Random(2);
        for (int night = 0; night < 30; night++) {
            double step = night < UPGRADE ? 2 : 2.4;
            ObjectNode report = SavedRuns.night(
                    night,
                    Map.of("slower", step * noisy(random), "same", 5 * noisy(random), "zero", night == 3 ? 0 : 1.0));
            if (night >= UPGRADE) {
                report.at("/topology/nodes").forEach(node -> ((ObjectNode) node).put("version", "8.4.6"));
            }
            SavedRuns.write(directory, report);
        }
        assertThat(find(directory)).isZero();

        JsonNode json = json();
        assertThat(json.path("runs").asInt()).isEqualTo(30);
        assertThat(json.path("changes")).hasSize(1);
        JsonNode change = json.at("/changes/0");
        assertThat(change.path("metric").asText()).isEqualTo("slower");
        assertThat(change.path("finding").asText()).isEqualTo("worse");
        assertThat(change.path("changePercent").asDouble()).isBetween(16.0, 24.0);
        assertThat(Duration.between(
                                SavedRuns.start(UPGRADE),
                                Instant.parse(change.path("start").asText()))
                        .abs())
                .isLessThanOrEqualTo(Duration.ofDays(2));
        assertThat(json.at("/unchanged/0").asText()).isEqualTo("same");
        assertThat(json.at("/tooFew/0").asText()).isEqualTo("zero");
        assertThat(text(out))
                .contains("30 runs of one kind, from 2026-01-01 to 2026-01-30\n")
                .containsPattern(
                        "2026-01-18  slower .* worse\n +also changed then: server version: 8.0.33 before, 8.4.6 now")
                .contains("1 change; none in 1 metric;");
    }

    @Test
    void aDirectoryThatCannotBeUsedIsOneLine() throws IOException {
        Path file = SavedRuns.write(directory.resolve("runs"), SavedRuns.night(0, Map.of("a", 1.0)));

        assertThat(find(file)).isEqualTo(1);
        assertThat(find(directory)).isEqualTo(1);
        assertThat(text(err))
                .contains(file + ": must be a directory with JSON summaries of runs\n")
                .contains(directory + ": no run in it can be compared")
                .hasLineCount(2);
        assertThat(find()).isEqualTo(1);
    }

    @Test
    void tooFewRunsAreNotJudged() throws IOException {
        Path runs = directory.resolve("runs");
        for (int night = 0; night < 9; night++) {
            SavedRuns.write(runs, SavedRuns.night(night, Map.of("a", 1.0 + night)));
        }
        assertThat(find(runs)).isZero();
        assertThat(text(out))
                .contains("Not judged, because too few runs have it (it takes 10) or a value is 0: a\n")
                .contains("0 changes; none in 0 metrics;");
    }

    private static double noisy(Random random) {
        return Math.exp(0.03 * random.nextGaussian());
    }

    private int find(Path... arguments) {
        List<String> texts = Arrays.stream(arguments).map(Path::toString).toList();
        return FindChanges.run(texts, new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8));
    }

    private JsonNode json() throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "changes_*.json")) {
            return new JsonMapper().readTree(Files.readAllBytes(files.iterator().next()));
        }
    }

    private static String text(ByteArrayOutputStream bytes) {
        return bytes.toString(UTF_8);
    }
}
