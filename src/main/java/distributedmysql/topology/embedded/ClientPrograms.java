package distributedmysql.topology.embedded;

import distributedmysql.config.EmbeddedSettings;
import distributedmysql.mysql.TopologyException;
import distributedmysql.topology.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * The programs beside the server in its distribution, such as {@code mysqldump}; looked for only when they are needed. A cache
 * of a former version of the framework, which kept the server alone, is completed.
 */
record ClientPrograms(EmbeddedSettings settings, CacheDirectory cache, Consumer<String> progress) {

    /** @throws TopologyException if it is not there and cannot be had; says what to do */
    Program find(String name) {
        try {
            Path file = settings.basedir().isPresent()
                    ? ofUser(name, settings.basedir().get())
                    : fetched(name);
            SharedLibraries libraries = new SharedLibraries(cache, OsRelease.current(), progress);
            return cache.locked(() -> {
                ServerBinary.versionOf(file, libraries);
                return new Program(file, libraries.environment());
            });
        } catch (IOException e) {
            throw new TopologyException(name + " of the servers' distribution: " + FileTrees.reason(e));
        }
    }

    private static Path ofUser(String name, Path basedir) {
        return ServerBinary.programBelow(basedir, name)
                .orElseThrow(
                        () -> new TopologyException("embedded.basedir = " + basedir + ": has no executable bin/" + name
                                + ", which is needed now; put the one of the same MySQL version there (packages have"
                                + " it apart from the server, as mysql-client), or leave embedded.basedir empty"));
    }

    private Path fetched(String name) throws IOException {
        Platform platform = Platform.current();
        Path directory = ServerBinaries.directory(platform, cache);
        Path file = directory.resolve("bin").resolve(name);
        return cache.locked(() -> {
            if (!Files.isExecutable(file)) {
                Path zip = new ServerArtifact(platform, progress).resolve();
                new ServerArchive(zip, progress).add("bin/" + name, directory);
            }
            return file;
        });
    }
}
