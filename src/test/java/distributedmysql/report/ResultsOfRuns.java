package distributedmysql.report;

import distributedmysql.config.KeepSettings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
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
import org.junit.jupiter.api.io.TempDir;

/** The results of three runs: one of two months ago, one of ten days ago, and the one that is ending. */
abstract class ResultsOfRuns {
    static final String OLD = "20260101_010203";

    static final String NEWER = "20260220_010203";

    static final String OWN = "20260301_010203";

    static final Instant NOW = at(OWN).plusSeconds(600);

    static final KeepSettings MONTH = new KeepSettings(Optional.of(Duration.ofDays(30)), OptionalLong.empty());

    @TempDir
    Path temporary;

    Path directory;

    @BeforeEach
    void makeResults() throws IOException {
        directory = Files.createDirectory(temporary.resolve("results"));
        Files.createFile(directory.resolve(".gitkeep"));
        for (String run : List.of(OLD, NEWER, OWN)) {
            run(run);
        }
    }

    List<String> remove(KeepSettings keep) {
        return OldResults.remove(own(), keep, NOW);
    }

    Path own() {
        return directory.resolve("test_report_" + OWN + ".json");
    }

    static KeepSettings size(long bytes) {
        return new KeepSettings(Optional.empty(), OptionalLong.of(bytes));
    }

    /** All that a run leaves. */
    void run(String run) throws IOException {
        write("test_report_" + run + ".json", report());
        gzip("history_" + run + ".jsonl.gz", "{\"history\":{\"format\":1,\"header\":{}}}\n");
        write("report_" + run + ".html", "<!DOCTYPE html>\n<!-- MySQL Distributed Test Framework: report -->\n<html>");
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

    String report() throws IOException {
        return Files.readString(
                ReportWriter.write(Reports.interrupted(), Files.createTempDirectory(temporary, "report")));
    }

    void mark(String folder, String run) throws IOException {
        Files.createDirectories(directory.resolve(folder));
        RunFile.mark(directory.resolve(folder), run);
    }

    void write(String name, String text) throws IOException {
        Path file = Files.writeString(directory.resolve(name), text);
        Files.setLastModifiedTime(file, FileTime.from(at(OLD)));
    }

    void gzip(String name, String text) throws IOException {
        Path file = directory.resolve(name);
        try (GZIPOutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
        Files.setLastModifiedTime(file, FileTime.from(at(OLD)));
    }

    static void age(Path tree) throws IOException {
        try (var paths = Files.walk(tree)) {
            for (Path path : paths.toList()) {
                if (!Files.isSymbolicLink(path)) {
                    Files.setLastModifiedTime(path, FileTime.from(at(OLD)));
                }
            }
        }
    }

    static Instant at(String run) {
        return LocalDateTime.parse(run, DateTimeFormatter.ofPattern("yyyyMMdd_HHmmss", Locale.ROOT))
                .atZone(ZoneOffset.UTC)
                .toInstant();
    }

    List<String> names() throws IOException {
        try (var entries = Files.list(directory)) {
            return entries.map(path -> path.getFileName().toString()).sorted().toList();
        }
    }

    List<Path> all() throws IOException {
        try (var paths = Files.walk(directory)) {
            return paths.sorted().toList();
        }
    }
}
