package distributedmysql.topology.embedded;

import distributedmysql.mysql.DebugLog;
import distributedmysql.mysql.TopologyException;
import distributedmysql.topology.Await;
import distributedmysql.topology.ExitHook;
import distributedmysql.topology.Wait;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * The directory of one run and the processes that work in it. Both are gone after {@link #close()}, which a shutdown
 * hook calls if nobody did. While the JVM lives it keeps a lock on a file of the directory: a directory that is not
 * locked is left over from a JVM that was killed, and {@link StaleRuns} removes it. Thread-safe.
 */
final class RunDirectory implements AutoCloseable {
    static final String PARENT = "runs";
    static final String LOCK_FILE = "lock";
    /** The directory for what is in front of the servers. */
    static final String ROUTER = "router";

    // Closing any channel of a locked file gives up this JVM's lock on it (POSIX fcntl), so our own are never probed.
    private static final Set<Path> OWN = ConcurrentHashMap.newKeySet();
    private static final long KILL_SECONDS = 20;
    private static final Duration DELETE_DEADLINE = Duration.ofSeconds(10);

    private final Path path;
    private final FileChannel lockChannel;
    private final FileLock lock;
    private final List<Process> processes = new ArrayList<>();
    private final ExitHook hook;
    private volatile boolean ended;

    private RunDirectory(Path path) throws IOException {
        this.path = path;
        this.lockChannel =
                FileChannel.open(path.resolve(LOCK_FILE), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        this.lock = lockChannel.lock();
        this.hook = new ExitHook("end of the embedded servers", this::end);
    }

    static RunDirectory create(CacheDirectory cache) throws IOException {
        // Under the cache's lock: nobody may see the directory before its own lock is held.
        return cache.locked(() -> {
            Path parent = Files.createDirectories(cache.resolve(PARENT));
            Path path = Files.createTempDirectory(
                    parent,
                    "run-" + ProcessHandle.current().pid() + "-",
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            OWN.add(path);
            return new RunDirectory(path);
        });
    }

    static boolean isOwn(Path path) {
        return OWN.contains(path);
    }

    Path path() {
        return path;
    }

    /** Whether its processes are being ended, or have been. */
    boolean isEnding() {
        return ended;
    }

    /** Starts a process that {@link #close()} will end. */
    synchronized Process spawn(ProcessBuilder builder) throws IOException {
        if (ended) {
            throw new TopologyException("the servers are being ended; no other is started");
        }
        processes.removeIf(process -> !process.isAlive());
        Process process = builder.start();
        processes.add(process);
        return process;
    }

    /** Kills the processes and deletes the directory. Does nothing the second time. */
    @Override
    public void close() {
        end();
        hook.close();
    }

    private synchronized void end() {
        if (ended) {
            return;
        }
        ended = true;
        // SIGKILL: the data is thrown away, and a graceful stop takes up to 11 s to make it durable.
        processes.forEach(process -> {
            DebugLog.TOPOLOGY.say(() -> "SIGKILL to " + process.pid() + ", because the run ends");
            process.destroyForcibly();
        });
        processes.forEach(RunDirectory::awaitEnd);
        try {
            SmallFileSystem.unmountBelow(path);
            deleteWhileOthersStillWrite();
            lock.release();
            lockChannel.close();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot delete " + path, e);
        } finally {
            OWN.remove(path);
        }
    }

    /** Ctrl-C may come while another thread copies a data directory; it ends by itself, and can start no server. */
    private void deleteWhileOthersStillWrite() throws IOException {
        Await.of("the deletion of " + path, DELETE_DEADLINE).uninterruptibly().untilNo(() -> {
            try {
                FileTrees.delete(path);
                return Optional.empty();
            } catch (DirectoryNotEmptyException e) {
                return Optional.of("there are new files in " + e.getFile());
            }
        });
    }

    private static void awaitEnd(Process process) {
        String what = "the end of process " + process.pid() + " after SIGKILL";
        Wait wait = Wait.atMost(what, Duration.ofSeconds(KILL_SECONDS));
        try (wait) {
            if (!process.waitFor(KILL_SECONDS, TimeUnit.SECONDS)) {
                throw new TopologyException(
                        "process " + process.pid() + ": still there " + KILL_SECONDS + " s after SIGKILL");
            }
        } catch (InterruptedException e) {
            // The kill was sent; only the waiting is given up.
            Thread.currentThread().interrupt();
        }
    }
}
