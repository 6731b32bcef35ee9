package distributedmysql.report;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/**
 * A file or folder that a run has left in the directory of the reports. It is known by its name and by what is in it, and
 * never by the name alone.
 *
 * @param run the run's timestamp, as in the names of its files
 * @param files all of it; a folder comes after what is in it
 */
record RunFile(Path path, String run, boolean isSummary, long bytes, List<Path> files) {
    /** In the folder of Gatling's report: which run it belongs to. */
    private static final String MARK = ".mysql-distributed-test-framework";

    /** How an HTML report is known again. */
    private static final String PAGE_MARK = "<!-- MySQL Distributed Test Framework: report -->";

    private static final String TIMESTAMP = "(\\d{8}_\\d{6}(?:_\\d+)?)";
    private static final Pattern FOLDER = Pattern.compile("[a-z0-9_$-]+-\\d{17}");
    /** What Gatling 3.15 writes; anything else in its folder is somebody's own, and keeps the folder. */
    private static final Pattern IN_FOLDER =
            Pattern.compile("simulation\\.log|[\\w.-]+\\.html|(?:js|style)(?:/[\\w.-]+)*|" + Pattern.quote(MARK));

    private static final int HEAD = 4_096;

    private enum Kind {
        REPORT(
                "test_report_" + TIMESTAMP + "\\.json",
                "\\{\\s*\"schemaVersion\"\\s*:\\s*\\d+,\\s*\"run\"\\s*:[\\s\\S]*"),
        PAGE("report_" + TIMESTAMP + "\\.html", "<!DOCTYPE html>\\s*" + Pattern.quote(PAGE_MARK) + "[\\s\\S]*"),
        HISTORY("history_" + TIMESTAMP + "\\.jsonl\\.gz", "\\{\"history\":\\{\"format\":[\\s\\S]*"),
        JUNIT("junit_" + TIMESTAMP + "\\.xml", "<\\?xml [^>]*>\\s*<testsuites name=\"" + JUnitXml.ROOT + "\"[\\s\\S]*"),
        SUMMARY("summary_" + TIMESTAMP + "\\.md", Pattern.quote(JobSummary.MARK) + "[\\s\\S]*"),
        ERROR_LOG("error_log_" + TIMESTAMP + "_[\\w.-]+\\.log", Pattern.quote(ErrorLogs.MARK) + "[\\s\\S]*");

        private final Pattern name;
        private final Pattern head;

        Kind(String name, String head) {
            this.name = Pattern.compile(name);
            this.head = Pattern.compile(head);
        }
    }

    /** Says of the folder of Gatling's report that it belongs to this run. */
    static void mark(Path folder, String run) throws IOException {
        Files.writeString(folder.resolve(MARK), run + "\n");
    }

    /** Of the name of a run's file, for instance {@code 20260304_050607} or {@code 20260304_050607_2}. */
    static String timestampOf(Path file) {
        Matcher timestamp =
                Pattern.compile(TIMESTAMP).matcher(file.getFileName().toString());
        if (!timestamp.find()) {
            throw new IllegalArgumentException(file.toString());
        }
        return timestamp.group();
    }

    /**
     * Follows no symbolic link.
     *
     * @return empty if no run has written it, or it cannot be said that one has
     */
    static Optional<RunFile> of(Path path) {
        try {
            BasicFileAttributes attributes =
                    Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            if (attributes.isRegularFile()) {
                return file(path, attributes.size());
            }
            return attributes.isDirectory() ? folder(path) : Optional.empty();
        } catch (IOException e) {
            // Not readable, or gone meanwhile.
            return Optional.empty();
        }
    }

    private static Optional<RunFile> file(Path path, long bytes) throws IOException {
        for (Kind kind : Kind.values()) {
            Matcher name = kind.name.matcher(path.getFileName().toString());
            if (name.matches() && kind.head.matcher(head(path, kind)).matches()) {
                return Optional.of(new RunFile(path, name.group(1), kind == Kind.REPORT, bytes, List.of(path)));
            }
        }
        return Optional.empty();
    }

    private static String head(Path path, Kind kind) throws IOException {
        try (InputStream bytes = new BufferedInputStream(Files.newInputStream(path, LinkOption.NOFOLLOW_LINKS));
                InputStream text = kind == Kind.HISTORY ? new GZIPInputStream(bytes) : bytes) {
            return new String(text.readNBytes(HEAD), StandardCharsets.UTF_8);
        }
    }

    private static Optional<RunFile> folder(Path path) throws IOException {
        Path mark = path.resolve(MARK);
        if (!FOLDER.matcher(path.getFileName().toString()).matches()
                || !Files.isRegularFile(mark, LinkOption.NOFOLLOW_LINKS)
                || Files.size(mark) > HEAD) {
            return Optional.empty();
        }
        String run = Files.readString(mark).strip();
        if (!run.matches(TIMESTAMP)) {
            return Optional.empty();
        }
        List<Path> files = new ArrayList<>();
        long bytes = 0;
        // Links are not followed.
        try (Stream<Path> all = Files.walk(path)) {
            for (Path entry : all.toList()) {
                String name = path.relativize(entry).toString().replace('\\', '/');
                boolean isDirectory = Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS);
                boolean isFile = Files.isRegularFile(entry, LinkOption.NOFOLLOW_LINKS);
                if (!entry.equals(path)
                        && (!(isDirectory || isFile) || !IN_FOLDER.matcher(name).matches())) {
                    return Optional.empty();
                }
                files.add(0, entry);
                bytes += isFile ? Files.size(entry) : 0;
            }
        } catch (java.io.UncheckedIOException e) {
            throw e.getCause();
        }
        return Optional.of(new RunFile(path, run, false, bytes, files));
    }
}
