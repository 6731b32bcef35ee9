package distributedmysql.topology.embedded;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.stream.Stream;

/** Whole directories: copied, measured, deleted. */
public final class FileTrees {
    private FileTrees() {}

    /** Copies with permissions; the target must not exist. */
    public static void copy(Path source, Path target) throws IOException {
        try (Stream<Path> files = Files.walk(source)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Path copy = target.resolve(source.relativize(file).toString());
                Files.copy(file, copy, StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
    }

    /** The same into a directory that exists and is empty. Sockets cannot be copied and are left out. */
    static void copyInto(Path source, Path target) throws IOException {
        try (Stream<Path> files = Files.list(source)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                if (Files.isRegularFile(file) || Files.isDirectory(file)) {
                    copy(file, target.resolve(file.getFileName()));
                }
            }
        }
    }

    /**
     * Copies a directory or a file into a directory, under its own name.
     *
     * @return the copy
     */
    public static Path copyBelow(Path source, Path directory) throws IOException {
        Path target = directory.resolve(source.getFileName());
        copy(source, target);
        return target;
    }

    /**
     * Moves what is in a directory into another one, which exists, file by file: so it may be on another disk, and needs room for one file
     * twice.
     */
    static void moveInto(Path source, Path target) throws IOException {
        try (Stream<Path> files = Files.walk(source)) {
            for (Path file : (Iterable<Path>) files.filter(each -> !each.equals(source))::iterator) {
                Path moved = target.resolve(source.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectory(moved);
                } else {
                    Files.move(file, moved);
                }
            }
        }
    }

    static long size(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(Files::isRegularFile)
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        }
    }

    /** Deletes the directory if it exists; files that vanish meanwhile (a server that is just ending) do no harm. */
    public static void delete(Path directory) throws IOException {
        if (!Files.exists(directory)) {
            return;
        }
        Files.walkFileTree(directory, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.deleteIfExists(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
                if (e instanceof NoSuchFileException) {
                    return FileVisitResult.CONTINUE;
                }
                throw e;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path visited, IOException e) throws IOException {
                Files.deleteIfExists(visited);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    /** The same of all that is in it; the directory itself stays. */
    static void deleteBelow(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                delete(file);
            }
        }
    }

    /** Why a file operation failed, in words: some exceptions carry only the file's name. */
    static String reason(IOException e) {
        if (e instanceof AccessDeniedException) {
            return e.getMessage() + ": permission denied";
        }
        return e instanceof FileAlreadyExistsException ? e.getMessage() + ": is no directory" : e.toString();
    }
}
