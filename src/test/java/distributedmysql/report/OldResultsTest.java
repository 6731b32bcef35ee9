package distributedmysql.report;

import static org.assertj.core.api.Assertions.assertThat;

import distributedmysql.config.KeepSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What a run removes of earlier runs' results. */
class OldResultsTest extends ResultsOfRuns {
    @Test
    void byDefaultEverythingIsKept() throws IOException {
        List<Path> before = all();

        assertThat(remove(new KeepSettings(Optional.empty(), OptionalLong.empty())))
                .isEmpty();
        assertThat(all()).isEqualTo(before);
    }

    @Test
    @DisplayName("A run that is too old goes as a whole, Gatling's folder included; the others stay as they are")
    void age() throws IOException {
        assertThat(remove(MONTH)).containsExactly("removed the results of 1 run (report.keep): " + OLD + " (age)");

        assertThat(names()).noneMatch(name -> name.contains(OLD) || name.contains("20260101"));
        assertThat(names()).contains(".gitkeep").hasSize(17);
        assertThat(remove(MONTH)).isEmpty();
    }

    @Test
    @DisplayName("If all is too large, the oldest go until it is not, and never the run that is ending")
    void size() throws IOException {
        long each = 0;
        for (Path path : all()) {
            each += Files.isRegularFile(path) ? Files.size(path) : 0;
        }
        each /= 3;

        assertThat(remove(size(3 * each))).isEmpty();
        assertThat(remove(size(3 * each - 1)))
                .containsExactly("removed the results of 1 run (report.keep): " + OLD + " (size)");
        assertThat(remove(size(1))).containsExactly("removed the results of 1 run (report.keep): " + NEWER + " (size)");
        assertThat(names()).anyMatch(name -> name.contains(OWN)).hasSize(9);
    }

    @Test
    @DisplayName("A wrong clock keeps longer: the later of the name's time and the files' counts")
    void clocks() throws IOException {
        for (Path path : all()) {
            if (path.toString().contains(OLD)) {
                Files.setLastModifiedTime(path, FileTime.from(NOW.minus(Duration.ofDays(2))));
            }
        }
        run("20280101_000000");
        run("20269999_999999");
        for (Path path : all()) {
            if (path.toString().contains("20280101") || path.toString().contains("20269999")) {
                Files.setLastModifiedTime(path, FileTime.from(Instant.EPOCH));
            }
        }

        assertThat(remove(MONTH)).containsExactly("removed the results of 1 run (report.keep): 20269999_999999 (age)");
        assertThat(names()).anyMatch(name -> name.contains(OLD)).anyMatch(name -> name.contains("20280101"));
        assertThat(OldResults.remove(own(), MONTH, NOW.minus(Duration.ofDays(1_000))))
                .isEmpty();
    }

    @Test
    @DisplayName("A run without a summary may be running: it goes for its age only")
    void running() throws IOException {
        Files.delete(directory.resolve("test_report_" + OLD + ".json"));

        assertThat(remove(size(1))).containsExactly("removed the results of 1 run (report.keep): " + NEWER + " (size)");
        assertThat(names()).anyMatch(name -> name.contains(OLD));
        assertThat(remove(MONTH)).containsExactly("removed the results of 1 run (report.keep): " + OLD + " (age)");
    }

    @Test
    @DisplayName("Of runs that have begun in one second, none takes the other's files")
    void sameSecond() throws IOException {
        Files.move(
                directory.resolve("test_report_" + OWN + ".json"), directory.resolve("test_report_" + OWN + "_2.json"));

        remove(size(1));

        assertThat(names()).contains("history_" + OWN + ".jsonl.gz", "test_report_" + OWN + "_2.json");
    }
}
