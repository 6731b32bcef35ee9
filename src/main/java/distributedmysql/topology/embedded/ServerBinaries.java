package distributedmysql.topology.embedded;

import distributedmysql.config.EmbeddedSettings;
import distributedmysql.topology.TopologyException;
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
        SharedLibraries libraries = new SharedLibraries(cache, OsRelease.current(), progress);
        if (settings.basedir().isPresent()) {
            return ServerBinary.inspect(
                    ServerBinary.mysqldBelow(settings.basedir().get()), libraries);
        }
        Path unpacked = unpacked(Platform.current(), cache, progress);
        return ServerBinary.inspect(unpacked.resolve("bin/mysqld"), libraries);
    }

    private static Path unpacked(Platform platform, CacheDirectory cache, Consumer<String> progress)
            throws IOException {
        Path directory = cache.resolve("mysql-" + ServerArtifact.VERSION + "-" + platform.classifier());
        return cache.locked(() -> {
            if (!Files.isDirectory(directory)) {
                Path zip = new ServerArtifact(platform, progress).resolve();
                new ServerArchive(zip, progress).unpack(directory, cache);
            }
            return directory;
        });
    }
}
