package distributedmysql.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What is not an earlier run's is never removed. */
class OthersFilesTest extends ResultsOfRuns {
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

    private void assertNothingIsRemoved() throws IOException {
        List<Path> before = all();
        assertThat(remove(MONTH)).isEmpty();
        remove(size(1 << 20));
        assertThat(all()).isEqualTo(before);
    }

    private void deleteOld() throws IOException {
        remove(MONTH);
    }
}
