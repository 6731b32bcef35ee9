package distributedmysql.topology.embedded;

import distributedmysql.config.Plural;
import distributedmysql.mysql.TopologyException;
import distributedmysql.topology.Command;
import distributedmysql.topology.Ending;
import distributedmysql.topology.Wait;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.UUID;
import java.util.function.Consumer;

/** A data directory that was initialised once for a server program, and is copied for each server of that program. */
final class DataTemplate {
    private static final Duration INITIALISE_DEADLINE = Duration.ofMinutes(5);
    // What a new data directory takes: 8.0.33 179 MB, most of it redo log.
    private static final long NEEDED_BYTES = 256L << 20;

    private final CacheDirectory cache;
    private final Path directory;

    private DataTemplate(CacheDirectory cache, Path directory) {
        this.cache = cache;
        this.directory = directory;
    }

    static DataTemplate of(ServerOptions options, CacheDirectory cache, Consumer<String> progress) throws IOException {
        Path directory = cache.resolve("data-" + identity(options.binary()));
        cache.locked(() -> {
            if (!Files.isDirectory(directory)) {
                cache.requireSpace(NEEDED_BYTES, "a data directory");
                initialise(options, directory, progress);
            }
            return directory;
        });
        return new DataTemplate(cache, directory);
    }

    /** @param target must not exist */
    void copyTo(Path target) throws IOException {
        FileTrees.copy(directory.toRealPath(), target);
    }

    /**
     * Copies what a server encrypts connections with, unless the data has it: the server would make keys, which takes about as long as the rest
     * of its start.
     */
    void copyKeysTo(Path data) throws IOException {
        try (DirectoryStream<Path> keys = Files.newDirectoryStream(directory.toRealPath(), "*.pem")) {
            for (Path key : keys) {
                Path copy = data.resolve(key.getFileName());
                if (!Files.exists(copy)) {
                    Files.copy(key, copy, StandardCopyOption.COPY_ATTRIBUTES);
                }
            }
        }
    }

    /** @throws TopologyException if there is no room for so many copies */
    void requireSpaceFor(int copies) throws IOException {
        cache.requireSpace(copies * NEEDED_BYTES, "the data of " + Plural.of(copies, "server"));
    }

    private static void initialise(ServerOptions options, Path directory, Consumer<String> progress)
            throws IOException {
        progress.accept("initialising a data directory (once, some 10 s)");
        Path unfinished = directory.resolveSibling(directory.getFileName() + ".unfinished");
        // A killed run may have left one, even at work: only the holder of the cache's lock comes here.
        StaleRuns.killServersBelow(unfinished);
        FileTrees.delete(unfinished);
        Path data = Files.createDirectories(unfinished).resolve("data");
        Ending.refuse("initialising a data directory");
        Command.Result result;
        Wait wait = Wait.atMost("the end of mysqld --initialize", INITIALISE_DEADLINE);
        try (wait) {
            result = Command.run(options.initialise(data), options.binary().environment(), INITIALISE_DEADLINE);
        }
        if (result.exitCode() != 0) {
            FileTrees.delete(unfinished);
            throw new TopologyException(options.binary().mysqld() + " cannot initialise a data directory in "
                    + directory.getParent() + ":\n" + ServerLog.lastLines(result.output()));
        }
        // The server's identity: two servers with one UUID do not replicate.
        Files.deleteIfExists(data.resolve("auto.cnf"));
        Files.move(data, directory, StandardCopyOption.ATOMIC_MOVE);
        FileTrees.delete(unfinished);
    }

    /** Another program, or another build of it, gets another template. */
    private static String identity(ServerBinary binary) throws IOException {
        Path mysqld = binary.mysqld().toRealPath();
        String text = mysqld + " " + Files.size(mysqld) + " " + Files.getLastModifiedTime(mysqld);
        return binary.version() + "-" + UUID.nameUUIDFromBytes(text.getBytes(StandardCharsets.UTF_8));
    }
}
