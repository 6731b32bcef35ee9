package distributedmysql.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import distributedmysql.config.KeepSettings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a run removes of earlier runs' results, and what it never does. */
class OldResultsTest {
    private static final String OLD = "20260101_010203";
    private static final String NEWER = "20260220_010203";
    private static final String OWN = "20260301_010203";
    private static final Instant NOW = at(OWN).plusSeconds(600);
    private static final KeepSettings MONTH = new KeepSettings(Optional.of(Duration.ofDays(30)), OptionalLong.empty());

    @TempDir
    private Path temporary;

    private Path directory;

    @BeforeEach
    void makeResults() throws IOException {
        directory = Files.createDirectory(temporary.resolve("results"));
        Files.createFile(directory.resolve(".gitkeep"));
        for (String run : List.of(OLD, NEWER, OWN)) {
            run(run);
        }
    }

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
        assertThat(names()).contains(".gitkeep").hasSize(15);
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
        assertThat(names()).anyMatch(name -> name.contains(OWN)).hasSize(8);
    }

    @Test
    @DisplayName("What has another's content keeps its name and stays, however ours the name looks")
    void othersContent() throws IOException {
        deleteOld();
        write("test_report_" + OLD + ".json", "{\"run\": 1}");
        write("history_" + OLD + ".jsonl.gz", "not gzip");
        gzip("history_20260101_010204.jsonl.gz", "{\"history\": \"of Rome\"}");
        write("junit_" + OLD + ".xml", "<?xml version=\"1.0\"?><testsuites name=\"theirs\"></testsuites>");
        write("summary_" + OLD + ".md", "# ours? no");
        write("error_log_" + OLD + "_node1.log", "2026-01-01T01:02:03.000000Z 0 [ERROR] of another server");
        Files.createFile(directory.resolve("test_report_20260101_010205.json"));
        Files.createDirectory(directory.resolve("test_report_20260101_010206.json"));

        assertNothingIsRemoved();
    }

    @Test
    @DisplayName("What has another name stays, even with our content")
    void othersName() throws IOException {
        deleteOld();
        for (String name : List.of(
                "test_report_" + OLD + ".json.bak",
                "kept_test_report_" + OLD + ".json",
                "test_report_2026.json",
                "test_report_" + OLD + "_best.json")) {
            write(name, report());
        }
        write("error_log_" + OLD + ".log", ErrorLogs.MARK + "node1\n");
        write("notes.txt", "mine");

        assertNothingIsRemoved();
    }

    @Test
    @DisplayName(
            "A folder stays without our mark, with another's mark, and with anything in it that Gatling does not write")
    void folders() throws IOException {
        deleteOld();
        Files.writeString(
                Files.createDirectory(directory.resolve("theirs-20260101010203000"))
                        .resolve("index.html"),
                "");
        mark("nonsense-20260101010203000", "not a time");
        mark("mine", OLD);
        mark("noted-20260101010203000", OLD);
        write("noted-20260101010203000/notes.txt", "what I think of it");
        mark("nested-20260101010203000", OLD);
        Files.createDirectories(directory.resolve("nested-20260101010203000/js/mine.d/x y"));
        age(directory);

        assertNothingIsRemoved();
    }

    @Test
    @DisplayName("No link is followed, and none is removed: file, folder, and inside a folder")
    void links() throws IOException {
        deleteOld();
        Path outside = Files.createDirectory(temporary.resolve("outside"));
        Path file = Files.writeString(outside.resolve("test_report_" + OLD + ".json"), report());
        Path folder = Files.createDirectory(outside.resolve("fullsimulation-20260101010203000"));
        RunFile.mark(folder, OLD);
        Path page = Files.writeString(folder.resolve("index.html"), "x");
        Files.createSymbolicLink(directory.resolve(file.getFileName()), file);
        Files.createSymbolicLink(directory.resolve(folder.getFileName()), folder);
        mark("linked-20260101010203000", OLD);
        Files.createSymbolicLink(directory.resolve("linked-20260101010203000/index.html"), page);
        mark("linking-20260101010203000", OLD);
        Files.createSymbolicLink(directory.resolve("linking-20260101010203000/js"), folder);
        age(outside);
        age(directory);

        assertNothingIsRemoved();
        assertThat(file).exists();
        assertThat(page).exists();
    }

    @Test
    @DisplayName("The directory itself may be a link: the user has named it")
    void linkedDirectory() throws IOException {
        Path link = Files.createSymbolicLink(temporary.resolve("link"), directory);

        assertThat(OldResults.remove(link.resolve("test_report_" + OWN + ".json"), MONTH, NOW))
                .hasSize(1);
        assertThat(names()).noneMatch(name -> name.contains(OLD));
    }

    @Test
    @DisplayName("Whoever cannot read a file does not know whose it is")
    void unreadable() throws IOException {
        Path file = directory.resolve("test_report_" + OLD + ".json");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("---------"));
        assumeThat(Files.isReadable(file)).as("root reads everything").isFalse();

        remove(MONTH);
        assertThat(file).exists();
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

    private void assertNothingIsRemoved() throws IOException {
        List<Path> before = all();
        assertThat(remove(MONTH)).isEmpty();
        remove(size(1 << 20));
        assertThat(all()).isEqualTo(before);
    }

    private List<String> remove(KeepSettings keep) {
        return OldResults.remove(own(), keep, NOW);
    }

    private Path own() {
        return directory.resolve("test_report_" + OWN + ".json");
    }

    private static KeepSettings size(long bytes) {
        return new KeepSettings(Optional.empty(), OptionalLong.of(bytes));
    }

    /** All that a run leaves. */
    private void run(String run) throws IOException {
        write("test_report_" + run + ".json", report());
        gzip("history_" + run + ".jsonl.gz", "{\"history\":{\"format\":1,\"header\":{}}}\n");
        write("junit_" + run + ".xml", JUnitXml.of(Reports.interrupted()));
        write("summary_" + run + ".md", JobSummary.of(Reports.interrupted(), "x"));
        write("error_log_" + run + "_node1.log", ErrorLogs.MARK + "node1 (127.0.0.1:3306)\n[Warning] …\n");
        write("error_log_" + run + "_node2.log", ErrorLogs.MARK + "node2 (127.0.0.1:3307)\n");
        String folder = "fullsimulation-" + run.replace("_", "") + "000";
        mark(folder, run);
        for (String file :
                List.of("index.html", "req_select-player--12ab.html", "simulation.log", "js/all.js", "style/a.css")) {
            Files.createDirectories(directory.resolve(folder).resolve(file).getParent());
            write(folder + "/" + file, "x");
        }
        Instant time = run.startsWith("20269999") ? Instant.EPOCH : at(run);
        for (Path path : all()) {
            if (path.toString().contains(run) || path.toString().contains(folder)) {
                Files.setLastModifiedTime(path, FileTime.from(time));
            }
        }
    }

    private String report() throws IOException {
        return Files.readString(
                ReportWriter.write(Reports.interrupted(), Files.createTempDirectory(temporary, "report")));
    }

    private void mark(String folder, String run) throws IOException {
        Files.createDirectories(directory.resolve(folder));
        RunFile.mark(directory.resolve(folder), run);
    }

    private void write(String name, String text) throws IOException {
        Path file = Files.writeString(directory.resolve(name), text);
        Files.setLastModifiedTime(file, FileTime.from(at(OLD)));
    }

    private void gzip(String name, String text) throws IOException {
        Path file = directory.resolve(name);
        try (GZIPOutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
        Files.setLastModifiedTime(file, FileTime.from(at(OLD)));
    }

    private void deleteOld() throws IOException {
        remove(MONTH);
    }

    private static void age(Path tree) throws IOException {
        try (var paths = Files.walk(tree)) {
            for (Path path : paths.toList()) {
                if (!Files.isSymbolicLink(path)) {
                    Files.setLastModifiedTime(path, FileTime.from(at(OLD)));
                }
            }
        }
    }

    private static Instant at(String run) {
        return LocalDateTime.parse(run, DateTimeFormatter.ofPattern("yyyyMMdd_HHmmss", Locale.ROOT))
                .atZone(ZoneOffset.UTC)
                .toInstant();
    }

    private List<String> names() throws IOException {
        try (var entries = Files.list(directory)) {
            return entries.map(path -> path.getFileName().toString()).sorted().toList();
        }
    }

    private List<Path> all() throws IOException {
        try (var paths = Files.walk(directory)) {
            return paths.sorted().toList();
        }
    }
}
