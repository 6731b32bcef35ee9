package distributedmysql.benchmark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A directory for the files of one run, deleted at its end. */
record WorkDirectory(Path path) implements AutoCloseable {
    static WorkDirectory create() throws IOException {
        WorkDirectory directory = new WorkDirectory(Files.createTempDirectory("benchmark-"));
        Runtime.getRuntime().addShutdownHook(new Thread(directory::close, "end of the work directory"));
        return directory;
    }

    @Override
    public void close() {
        if (!Files.exists(path)) {
            return;
        }
        try (Stream<Path> files = Files.walk(path)) {
            List<Path> all = files.sorted(Comparator.reverseOrder()).toList();
            for (Path file : all) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot delete " + path, e);
        }
    }
}
