package distributedmysql.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Which folder Gatling writes this run's report to. Other runs may be using the same directory at the same time: one of their folders is
 * never named, even if this run's own cannot be told from it. Thread-safe.
 */
final class GatlingFolder {
    private static final String LOG = "simulation.log";
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyyMMddHHmmssSSS", Locale.ROOT);

    /** Of Linux: what this process has open, each a link to it. */
    private static final Path OPEN = Path.of("/proc/self/fd");

    private final String prefix;
    private final Path directory;
    private volatile Path found;

    /** @param directory of the reports */
    GatlingFolder(String simulation, Path directory) {
        // As Gatling (3.15) names it.
        this.prefix = simulation.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9-]", "-") + "-";
        this.directory = directory;
    }

    /** Gatling has opened its log, in a folder that has a time between these two, both included, in its name. */
    void logOpened(LocalDateTime earliest, LocalDateTime latest) {
        try (Stream<Path> folders = Files.list(directory)) {
            List<Path> candidates = folders.filter(
                            folder -> isBetween(folder, TIME.format(earliest), TIME.format(latest)))
                    .toList();
            found = candidates.size() == 1
                    ? candidates.get(0)
                    : candidates.stream()
                            .filter(GatlingFolder::isWrittenHere)
                            .findFirst()
                            .orElse(null);
        } catch (IOException e) {
            found = null;
        }
    }

    private boolean isBetween(Path folder, String earliest, String latest) {
        String name = folder.getFileName().toString();
        String time = name.startsWith(prefix) ? name.substring(prefix.length()) : "";
        return time.length() == latest.length() && time.compareTo(earliest) >= 0 && time.compareTo(latest) <= 0;
    }

    /** Whether this process has the folder's log open, where the system says so: another run has begun in the same moment. */
    private static boolean isWrittenHere(Path folder) {
        try (Stream<Path> open = Files.list(OPEN)) {
            return open.anyMatch(file -> isSame(file, folder.resolve(LOG)));
        } catch (IOException e) {
            return false;
        }
    }

    private static boolean isSame(Path open, Path log) {
        try {
            return Files.isSameFile(open, log);
        } catch (IOException e) {
            // Closed meanwhile.
            return false;
        }
    }

    /** Where the report will be, or is; empty before Gatling has begun. */
    Optional<Path> report() {
        return Optional.ofNullable(found).map(folder -> folder.resolve("index.html"));
    }

    /** What the report is made of. */
    Optional<Path> log() {
        return Optional.ofNullable(found).map(folder -> folder.resolve(LOG));
    }
}
