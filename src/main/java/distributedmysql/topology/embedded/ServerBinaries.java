package distributedmysql.topology.embedded;

import distributedmysql.config.EmbeddedSettings;
import distributedmysql.mysql.TopologyException;
import distributedmysql.topology.Ending;
import distributedmysql.topology.Wait;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;

/** Where the server program comes from: the user's own distribution, or the one that is fetched and kept. */
final class ServerBinaries {
    private ServerBinaries() {}

    /** @throws TopologyException if there is none that runs on this machine; the message says what to do */
    static ServerBinary find(EmbeddedSettings settings, CacheDirectory cache, Consumer<String> progress)
            throws IOException {
        Path mysqld = settings.basedir().isPresent()
                ? ServerBinary.mysqldBelow(settings.basedir().get())
                : unpacked(Platform.current(), cache, progress).resolve("bin/mysqld");
        SharedLibraries libraries = new SharedLibraries(cache, OsRelease.current(), progress);
        // Locked, so that a library that another run provides meanwhile is not taken for one that does not help.
        return cache.locked(() -> ServerBinary.inspect(mysqld, libraries));
    }

    private static Path unpacked(Platform platform, CacheDirectory cache, Consumer<String> progress)
            throws IOException {
        Path directory = directory(platform, cache);
        return cache.locked(() -> {
            if (!Files.isDirectory(directory)) {
                Path zip = new ServerArtifact(platform, progress).resolve();
                Ending.refuse("unpacking MySQL");
                String what = "unpacking MySQL " + ServerArtifact.VERSION;
                Wait wait = Wait.until(what, "until all that a server needs is unpacked");
                try (wait) {
                    new ServerArchive(zip, progress).unpack(directory, cache);
                }
            }
            return directory;
        });
    }

    /** Where the fetched distribution is. */
    static Path directory(Platform platform, CacheDirectory cache) {
        return cache.resolve("mysql-" + ServerArtifact.VERSION + "-" + platform.classifier());
    }
}
