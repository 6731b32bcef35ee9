package distributedmysql.topology.embedded;

import distributedmysql.mysql.TopologyException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** A MySQL distribution as a zip: of its 1.15 GB, what a server and its backups need is unpacked. */
record ServerArchive(Path zip, Consumer<String> progress) {
    // Linux keeps its own OpenSSL and others in lib/private; macOS directly in lib.
    private static final Pattern NEEDED = Pattern.compile(
            "bin/(mysqld|mysql|mysqldump|mysqlbinlog)|(bin|lib)/[^/]+\\.dylib|lib/private/.+|lib/plugin/[^/]+\\.(so|dylib)|share/.+|LICENSE");
    private static final int BUFFER = 1 << 16;

    static boolean isNeeded(String name) {
        return NEEDED.matcher(name).matches() && !name.endsWith("/") && !name.contains("..");
    }

    /**
     * Unpacks into a directory that comes into being only when it is complete.
     *
     * @throws TopologyException if there is not enough room
     */
    void unpack(Path directory, CacheDirectory cache) throws IOException {
        Path unfinished = directory.resolveSibling(directory.getFileName() + ".unfinished");
        FileTrees.delete(unfinished);
        try (ZipFile archive = new ZipFile(zip.toFile())) {
            List<ZipEntry> needed = archive.stream()
                    .filter(entry -> isNeeded(entry.getName()))
                    .<ZipEntry>map(entry -> entry)
                    .toList();
            long bytes = needed.stream().mapToLong(ZipEntry::getSize).sum();
            cache.requireSpace(bytes, "the unpacked server");
            ProgressMeter meter = new ProgressMeter("unpacking MySQL " + ServerArtifact.VERSION, bytes, progress);
            for (ZipEntry entry : needed) {
                unpack(archive, entry, unfinished.resolve(entry.getName()), meter);
            }
        }
        Files.move(unfinished, directory, StandardCopyOption.ATOMIC_MOVE);
    }

    /**
     * Adds one file to what was unpacked before, as a former version of the framework did with fewer files; it is there only when it
     * is complete.
     *
     * @throws TopologyException if the distribution does not have it
     */
    void add(String name, Path directory) throws IOException {
        Path file = directory.resolve(name);
        Path unfinished = file.resolveSibling(file.getFileName() + ".unfinished");
        try (ZipFile archive = new ZipFile(zip.toFile())) {
            ZipEntry entry = archive.getEntry(name);
            if (entry == null) {
                throw new TopologyException(zip + ": has no " + name);
            }
            unpack(archive, entry, unfinished, new ProgressMeter("unpacking " + name, entry.getSize(), progress));
        }
        Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
    }

    private static void unpack(ZipFile archive, ZipEntry entry, Path file, ProgressMeter meter) throws IOException {
        Files.createDirectories(file.getParent());
        byte[] buffer = new byte[BUFFER];
        try (InputStream in = archive.getInputStream(entry);
                OutputStream out = Files.newOutputStream(file)) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                out.write(buffer, 0, read);
                meter.advance(read);
            }
        }
        // java.util.zip does not tell the permissions; libraries may be executable too.
        boolean program = !entry.getName().startsWith("share/");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(program ? "rwxr-xr-x" : "rw-r--r--"));
    }
}
