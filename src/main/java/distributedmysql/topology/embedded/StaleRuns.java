package distributedmysql.topology.embedded;

import distributedmysql.config.Plural;
import distributedmysql.topology.Await;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** What runs left behind whose JVM was killed: servers, a router before them, and directories. */
final class StaleRuns {
    private static final Duration KILL_DEADLINE = Duration.ofSeconds(20);

    private StaleRuns() {}

    /** Ends and deletes all that no living JVM holds, with a line to {@code progress} for each run. */
    static void end(CacheDirectory cache, Consumer<String> progress) throws IOException {
        Path parent = cache.resolve(RunDirectory.PARENT);
        if (!Files.isDirectory(parent)) {
            return;
        }
        cache.locked(() -> endBelow(parent, progress));
    }

    /** The same without waiting: another run that prepares its servers there does it itself. Makes nothing. */
    static void endUnlessBusy(Path cacheDirectory, Consumer<String> progress) throws IOException {
        if (Files.isDirectory(cacheDirectory.resolve(RunDirectory.PARENT))) {
            CacheDirectory cache = CacheDirectory.open(cacheDirectory, progress);
            cache.lockedIfFree(() -> endBelow(cache.resolve(RunDirectory.PARENT), progress));
        }
    }

    private static Path endBelow(Path parent, Consumer<String> progress) throws IOException {
        try (Stream<Path> runs = Files.list(parent)) {
            for (Path run : (Iterable<Path>) runs::iterator) {
                if (!RunDirectory.isOwn(run)) {
                    endIfDead(run, progress);
                }
            }
        }
        return parent;
    }

    private static void endIfDead(Path run, Consumer<String> progress) throws IOException {
        try (FileChannel channel = FileChannel.open(
                        run.resolve(RunDirectory.LOCK_FILE), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = channel.tryLock()) {
            if (lock == null) {
                return;
            }
            List<String> ended = new ArrayList<>();
            int servers = killServersBelow(run);
            if (servers > 0) {
                ended.add(Plural.of(servers, "server"));
            }
            if (killRouterOf(run) > 0) {
                ended.add("a router");
            }
            ended.add(run.toString());
            SmallFileSystem.unmountBelow(run);
            FileTrees.delete(run);
            progress.accept("ended what a killed run left over: " + String.join(", ", ended));
        } catch (AccessDeniedException e) {
            progress.accept("left alone, because it is another user's: " + run);
        }
    }

    /**
     * Kills the processes whose command line says that they work on data in this directory. By what they are, not by a recorded
     * process id: that may be another program's by now, and a JVM that was killed may not have recorded its last one.
     */
    static int killServersBelow(Path directory) {
        return kill(text -> text.startsWith("--datadir=" + directory + "/"));
    }

    /** The same of the router, which works by a configuration there. */
    private static int killRouterOf(Path run) {
        return kill(text -> text.startsWith(run.resolve(RunDirectory.ROUTER) + "/"));
    }

    private static int kill(Predicate<String> argument) {
        List<ProcessHandle> found = ProcessHandle.allProcesses()
                .filter(process -> arguments(process).stream().anyMatch(argument))
                .toList();
        for (ProcessHandle process : found) {
            process.destroyForcibly();
            awaitEnd(process);
        }
        return found.size();
    }

    private static List<String> arguments(ProcessHandle process) {
        Path commandLine = Path.of("/proc", Long.toString(process.pid()), "cmdline");
        try {
            // ProcessHandle.Info gives no arguments where they are longer than a page (JDK-8239264).
            return List.of(
                    Files.readString(commandLine, StandardCharsets.ISO_8859_1).split("\0"));
        } catch (IOException e) {
            // Not Linux, or ended meanwhile.
            return process.info().arguments().map(List::of).orElse(List.of());
        }
    }

    private static void awaitEnd(ProcessHandle process) {
        String what = "the end of process " + process.pid() + ", which a killed run has left";
        // Not ProcessHandle#onExit, which polls a process that is not a child at growing intervals.
        Await.until(
                what,
                KILL_DEADLINE,
                () -> !process.isAlive(),
                () -> "still there after SIGKILL; is it of another user?");
    }
}
