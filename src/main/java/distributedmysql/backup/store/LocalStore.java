package distributedmysql.backup.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Objects as files in a directory. Each is written under another name, forced to the disk, and renamed; so a file never has
 * half of its contents under its final name, whenever the process or the machine ends. Directories that it makes are readable by their
 * owner only, because backups hold what the database holds. Thread-safe.
 */
final class LocalStore implements ObjectStore {
    /** Names of objects do not begin with a dot. */
    private static final String UNFINISHED = ".";

    private final Path directory;

    /** Need not be there yet. */
    LocalStore(Path directory) {
        this.directory = directory;
    }

    @Override
    public String where(String name) {
        return path(name).toString();
    }

    private Path path(String name) {
        return directory.resolve(name);
    }

    @Override
    public Upload create(String name) throws StoreException {
        Path file = path(name);
        Path unfinished = file.resolveSibling(UNFINISHED + file.getFileName());
        try {
            Files.createDirectories(file.getParent(), ownersOnly());
            return new LocalUpload(this, unfinished, file);
        } catch (IOException e) {
            throw failed("cannot write", file, e);
        }
    }

    @Override
    public InputStream open(String name) throws StoreException {
        Path file = path(name);
        try {
            return new Reading(Files.newInputStream(file), file);
        } catch (NoSuchFileException e) {
            throw new MissingObjectException(where(name));
        } catch (IOException e) {
            throw failed("cannot read", file, e);
        }
    }

    @Override
    public List<StoredObject> list(String prefix) throws StoreException {
        List<StoredObject> found = new ArrayList<>();
        for (Path file : walk(prefix)) {
            String name = name(file);
            if (name.startsWith(prefix) && !file.getFileName().toString().startsWith(UNFINISHED)) {
                addIfThere(found, name, file);
            }
        }
        found.sort(Comparator.comparing(StoredObject::name));
        return List.copyOf(found);
    }

    private String name(Path file) {
        return directory.relativize(file).toString().replace('\\', '/');
    }

    private void addIfThere(List<StoredObject> found, String name, Path file) throws StoreException {
        try {
            if (Files.isRegularFile(file)) {
                found.add(new StoredObject(name, Files.size(file)));
            }
        } catch (NoSuchFileException e) {
            // Removed meanwhile.
        } catch (IOException e) {
            throw failed("cannot read", file, e);
        }
    }

    /** All below what the prefix names, itself included, deepest last; nothing if there is nothing. */
    private List<Path> walk(String prefix) throws StoreException {
        int end = prefix.lastIndexOf('/');
        Path top = end < 0 ? directory : path(prefix.substring(0, end));
        if (!Files.exists(top)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(top, end < 0 ? 2 : 1)) {
            return files.toList();
        } catch (UncheckedIOException e) {
            throw failed("cannot list", top, e.getCause());
        } catch (IOException e) {
            throw failed("cannot list", top, e);
        }
    }

    @Override
    public void delete(String name) throws StoreException {
        delete(path(name));
    }

    @Override
    public void deleteAll(String prefix) throws StoreException {
        List<Path> files = new ArrayList<>(walk(prefix));
        files.sort(Comparator.reverseOrder());
        for (Path file : files) {
            delete(file);
        }
    }

    private void delete(Path file) throws StoreException {
        try {
            Files.deleteIfExists(file);
        } catch (DirectoryNotEmptyException e) {
            throw new StoreException(file + ": cannot be removed, because something else is in it");
        } catch (IOException e) {
            throw failed("cannot remove", file, e);
        }
    }

    StoreException failed(String what, Path file, IOException e) {
        return LocalErrors.of(what, file, e);
    }

    /** What was created or renamed in a directory is on the disk only once the directory is. */
    static void force(Path directory) throws IOException {
        if (hasPermissions()) {
            try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }

    private static boolean hasPermissions() {
        return FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
    }

    private static FileAttribute<?>[] ownersOnly() {
        return hasPermissions()
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))
                }
                : new FileAttribute<?>[0];
    }

    @Override
    public void close() {
        // Holds nothing.
    }

    /** Tells a disk that cannot be read from contents that are wrong. */
    private final class Reading extends BufferReads {
        private final Path file;

        Reading(InputStream in, Path file) {
            super(in);
            this.file = file;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            try {
                return in.read(buffer, offset, length);
            } catch (IOException e) {
                throw failed("cannot read", file, e);
            }
        }
    }
}
