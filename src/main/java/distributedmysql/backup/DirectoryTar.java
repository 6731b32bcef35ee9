package distributedmysql.backup;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/** A directory as one stream, and back: regular files and directories, in the order of their names. */
final class DirectoryTar {
    private static final int BUFFER = 1 << 20;

    private DirectoryTar() {}

    /** Leaves the stream open. */
    static void write(Path directory, OutputStream out) throws IOException {
        List<Path> paths;
        try (Stream<Path> walked = Files.walk(directory)) {
            paths = walked.filter(path -> !path.equals(directory))
                    .filter(path -> Files.isRegularFile(path) || Files.isDirectory(path))
                    .sorted()
                    .toList();
        }
        byte[] buffer = new byte[BUFFER];
        OutputStream buffered = new BufferedOutputStream(out, BUFFER);
        TarArchiveOutputStream tar = new TarArchiveOutputStream(buffered, "UTF-8");
        tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
        tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
        for (Path path : paths) {
            String name = directory.relativize(path).toString();
            TarArchiveEntry entry = new TarArchiveEntry(Files.isDirectory(path) ? name + "/" : name);
            entry.setModTime(Files.getLastModifiedTime(path));
            entry.setSize(Files.isDirectory(path) ? 0 : Files.size(path));
            tar.putArchiveEntry(entry);
            if (Files.isRegularFile(path)) {
                copy(path, tar, buffer);
            }
            tar.closeArchiveEntry();
        }
        tar.finish();
        buffered.flush();
    }

    private static void copy(Path file, OutputStream out, byte[] buffer) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                out.write(buffer, 0, read);
            }
        }
    }

    /**
     * Reads the stream to its end, so that whatever checks it has checked all of it.
     *
     * @param directory is made
     * @throws IOException if it cannot be written, or an entry would be outside of it
     */
    static void extract(InputStream in, Path directory) throws IOException {
        Files.createDirectories(directory);
        byte[] buffer = new byte[BUFFER];
        TarArchiveInputStream tar = new TarArchiveInputStream(in, "UTF-8");
        for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
            Path path = directory.resolve(entry.getName()).normalize();
            if (!path.startsWith(directory)) {
                throw new IOException("the entry " + entry.getName() + " would be outside of " + directory);
            }
            if (entry.isDirectory()) {
                Files.createDirectories(path);
            } else {
                Files.createDirectories(path.getParent());
                try (OutputStream out = Files.newOutputStream(path)) {
                    for (int read = tar.read(buffer); read >= 0; read = tar.read(buffer)) {
                        out.write(buffer, 0, read);
                    }
                }
            }
        }
        in.transferTo(OutputStream.nullOutputStream());
    }
}
