package distributedmysql.report;

import distributedmysql.config.KeepSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Removes what earlier runs have left in the directory of the reports, by age and then by size, oldest run first and each
 * run as a whole. Only what {@link RunFile} knows for sure is ever removed; no symbolic link is followed. A run without a
 * JSON summary may still be running, so it does not go for its size.
 */
public final class OldResults {
    private static final DateTimeFormatter TIMESTAMP = DateTimeFormatter.ofPattern("yyyyMMdd_HHmmss", Locale.ROOT);

    /** As long as a timestamp to the second. */
    private static final int SECONDS = "yyyyMMdd_HHmmss".length();

    private final Path directory;
    private final KeepSettings keep;
    private final Instant now;
    private final List<String> removed = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();

    private record RunResults(String run, List<RunFile> files, Instant time) {
        long bytes() {
            return files.stream().mapToLong(RunFile::bytes).sum();
        }

        boolean hasEnded() {
            return files.stream().anyMatch(RunFile::isSummary);
        }
    }

    private OldResults(Path directory, KeepSettings keep, Instant now) {
        this.directory = directory;
        this.keep = keep;
        this.now = now;
    }

    /**
     * @param own the JSON summary of the run that is ending; nothing of that run is removed
     * @return lines for the console: what was removed, and what could not be
     */
    public static List<String> remove(Path own, KeepSettings keep, Instant now) {
        if (keep.everything()) {
            return List.of();
        }
        OldResults old = new OldResults(own.toAbsolutePath().getParent(), keep, now);
        try {
            old.remove(RunFile.timestampOf(own));
        } catch (IOException e) {
            old.problems.add(old.directory + ": " + ReportWriter.reason(e));
        }
        List<String> lines = new ArrayList<>();
        if (!old.removed.isEmpty()) {
            lines.add("removed the results of " + old.removed.size() + (old.removed.size() == 1 ? " run" : " runs")
                    + " (report.keep): " + String.join(", ", old.removed));
        }
        old.problems.forEach(problem -> lines.add("warning: an old result is left: " + problem));
        return lines;
    }

    /** Marks the folder of Gatling's report as one of this run, so that a later run may remove it. */
    public static void mark(Path folder, Path own) {
        try {
            if (Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
                RunFile.mark(folder, RunFile.timestampOf(own));
            }
        } catch (IOException e) {
            // It is kept for ever then.
        }
    }

    private void remove(String own) throws IOException {
        List<RunResults> runs = runs();
        long bytes = runs.stream().mapToLong(RunResults::bytes).sum();
        for (RunResults run : runs) {
            boolean tooOld = keep.age().isPresent()
                    && run.time().isBefore(now.minus(keep.age().get()));
            boolean tooMuch = keep.bytes().isPresent() && bytes > keep.bytes().getAsLong() && run.hasEnded();
            if ((tooOld || tooMuch) && !isSameSecond(run.run(), own) && delete(run)) {
                bytes -= run.bytes();
                removed.add(run.run() + (tooOld ? " (age)" : " (size)"));
            }
        }
    }

    /** Of two runs that have begun in one second, only the reports' names tell which is which. */
    private static boolean isSameSecond(String run, String own) {
        return run.regionMatches(0, own, 0, SECONDS);
    }

    /** Oldest first. */
    private List<RunResults> runs() throws IOException {
        Map<String, List<RunFile>> byRun;
        try (Stream<Path> entries = Files.list(directory)) {
            byRun = entries.flatMap(entry -> RunFile.of(entry).stream())
                    .collect(Collectors.groupingBy(RunFile::run, TreeMap::new, Collectors.toList()));
        }
        List<RunResults> runs = new ArrayList<>();
        for (Map.Entry<String, List<RunFile>> run : byRun.entrySet()) {
            runs.add(new RunResults(run.getKey(), run.getValue(), time(run.getKey(), run.getValue())));
        }
        runs.sort(Comparator.comparing(RunResults::time).thenComparing(RunResults::run));
        return runs;
    }

    /** The latest of what name and files say: where a clock was wrong, or a copy has lost the times, it is kept longer. */
    private static Instant time(String run, List<RunFile> files) throws IOException {
        Instant latest = Instant.MIN;
        try {
            latest = LocalDateTime.parse(run.substring(0, SECONDS), TIMESTAMP)
                    .atZone(ZoneOffset.UTC)
                    .toInstant();
        } catch (DateTimeException e) {
            // No day of any calendar: the files tell.
        }
        for (RunFile file : files) {
            Instant modified = Files.getLastModifiedTime(file.path(), LinkOption.NOFOLLOW_LINKS)
                    .toInstant();
            latest = modified.isAfter(latest) ? modified : latest;
        }
        return latest;
    }

    private boolean delete(RunResults run) {
        try {
            for (RunFile file : run.files()) {
                for (Path path : file.files()) {
                    Files.deleteIfExists(path);
                }
            }
            return true;
        } catch (IOException e) {
            problems.add(run.run() + ": " + ReportWriter.reason(e));
            return false;
        }
    }
}
