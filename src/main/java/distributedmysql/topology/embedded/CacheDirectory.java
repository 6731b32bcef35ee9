package distributedmysql.topology.embedded;

import distributedmysql.mysql.TopologyException;
import distributedmysql.topology.Await;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * Where things are kept that are made once, shared by all runs of this user. Thread-safe, and safe against other
 * processes.
 */
final class CacheDirectory {
    interface Action<T> {
        T run() throws IOException;
    }

    // A file lock belongs to the whole JVM: between its threads, a monitor decides.
    private static final Object THIS_JVM = new Object();
    private static final Duration LOCK_DEADLINE = Duration.ofMinutes(15);
    private static final Duration PAUSE = Duration.ofMillis(100);

    private final Path directory;
    private final Consumer<String> progress;

    private CacheDirectory(Path directory, Consumer<String> progress) {
        this.directory = directory;
        this.progress = progress;
    }

    /** @throws TopologyException if the directory cannot be made or written to */
    static CacheDirectory open(Path directory, Consumer<String> progress) {
        Path absolute = directory.toAbsolutePath().normalize();
        try {
            Files.createDirectories(absolute);
            Files.delete(Files.createTempFile(absolute, "writable", ".tmp"));
            // One name for one directory: RunDirectory must know its own.
            return new CacheDirectory(absolute.toRealPath(), progress);
        } catch (IOException e) {
            throw new TopologyException("embedded.cache-directory = " + absolute + ": cannot be written to ("
                    + FileTrees.reason(e)
                    + "); choose another one with -Dembedded.cache-directory=/path, or all caches'"
                    + " place with XDG_CACHE_HOME=/path");
        }
    }

    Path resolve(String name) {
        return directory.resolve(name);
    }

    /** @throws TopologyException if there is less room than this on the file system */
    void requireSpace(long bytes, String what) throws IOException {
        long usable = Files.getFileStore(directory).getUsableSpace();
        if (usable < bytes) {
            throw new TopologyException("embedded.cache-directory = " + directory + ": " + what + " needs "
                    + (bytes >> 20) + " MiB, and " + (usable >> 20)
                    + " MiB are free; choose another one with -Dembedded.cache-directory=/path");
        }
    }

    /** The user id that this JVM has on the file system; 0 is root. */
    int ownerOfNewFiles() throws IOException {
        Path file = Files.createTempFile(directory, "owner", ".tmp");
        try {
            return (Integer) Files.getAttribute(file, "unix:uid");
        } finally {
            Files.delete(file);
        }
    }

    /** Runs the action while no other thread and no other process does the same on this directory. */
    <T> T locked(Action<T> action) throws IOException {
        synchronized (THIS_JVM) {
            // Closing the channel gives the lock up.
            try (FileChannel channel =
                    FileChannel.open(resolve("cache.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
                awaitLock(channel);
                return action.run();
            }
        }
    }

    /** Runs the action as {@link #locked} does, unless another process is doing the same on this directory. */
    void lockedIfFree(Action<?> action) throws IOException {
        synchronized (THIS_JVM) {
            try (FileChannel channel =
                    FileChannel.open(resolve("cache.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
                if (channel.tryLock() != null) {
                    action.run();
                }
            }
        }
    }

    private void awaitLock(FileChannel channel) throws IOException {
        if (channel.tryLock() != null) {
            return;
        }
        progress.accept("another run prepares its servers in " + directory + "; waiting for it");
        Await.of("another run, which prepares its servers in " + directory, LOCK_DEADLINE)
                .every(PAUSE)
                .whileRunGoesOn()
                .until(
                        () -> channel.tryLock() != null,
                        () -> "it holds cache.lock in embedded.cache-directory = " + directory);
    }
}
