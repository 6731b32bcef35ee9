package distributedmysql.report;

import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.UUID;

/** Writes the JSON summary. */
public final class ReportWriter {
    private static final DateTimeFormatter TIMESTAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd_HHmmss", Locale.ROOT).withZone(ZoneOffset.UTC);

    private static final JsonMapper JSON = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .addModule(new Jdk8Module())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .enable(SerializationFeature.INDENT_OUTPUT)
            .build();

    private static final int SMALL_REPORT = 1 << 20;

    private ReportWriter() {}

    /**
     * Writes {@code test_report_YYYYMMDD_HHMMSS.json}, named after the run's start in UTC, into a directory
     * that is made if need be. The file appears whole or not at all, and never replaces another: where the name is
     * taken, {@code _2}, {@code _3} … is added.
     *
     * @return the file
     * @throws ReportException if it cannot be written; nothing of it is left then
     */
    public static Path write(RunReport report, Path directory) {
        Path wanted = file(directory, report.run().start(), 1);
        // Not createTempFile: its file could be read by nobody else, nor could the report then.
        Path temporary = directory.resolve("." + UUID.randomUUID() + ".tmp");
        try {
            Files.createDirectories(directory);
            Files.write(temporary, JSON.writeValueAsBytes(report), StandardOpenOption.CREATE_NEW);
            return publish(temporary, directory, report.run().start());
        } catch (IOException e) {
            delete(temporary, e);
            throw new ReportException(
                    wanted.toAbsolutePath() + ": the report cannot be written: " + reason(e)
                            + "; its essentials (verdict, failed checks) are on the console",
                    e);
        }
    }

    /**
     * Tries to write there, as much as a small report takes, so that a run that could not be reported does not begin.
     *
     * @throws ReportException if that fails; nothing of it is left then
     */
    public static void requireWritable(Path directory) {
        Path temporary = directory.resolve("." + UUID.randomUUID() + ".tmp");
        try {
            Files.createDirectories(directory);
            Files.write(temporary, new byte[SMALL_REPORT], StandardOpenOption.CREATE_NEW);
            Files.delete(temporary);
        } catch (IOException e) {
            delete(temporary, e);
            throw new ReportException(directory.toAbsolutePath() + ": no report can be written there: " + reason(e), e);
        }
    }

    /** The UTC time of a run's start, as Gatling names its folder, as in the names of its files. */
    public static String timestamp(Instant start) {
        return TIMESTAMP.format(start);
    }

    private static Path publish(Path temporary, Path directory, Instant start) throws IOException {
        for (int attempt = 1; ; attempt++) {
            Path file = file(directory, start, attempt);
            try {
                // Reserves the name: a move alone would replace a file that another run has written meanwhile.
                Files.createFile(file);
            } catch (FileAlreadyExistsException e) {
                continue;
            }
            try {
                return Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
            } catch (IOException e) {
                delete(file, e);
                throw e;
            }
        }
    }

    private static Path file(Path directory, Instant start, int attempt) {
        return directory.resolve("test_report_" + timestamp(start) + (attempt == 1 ? "" : "_" + attempt) + ".json");
    }

    private static void delete(Path file, IOException failure) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            failure.addSuppressed(e);
        }
    }

    static String reason(IOException e) {
        boolean bare = e instanceof FileSystemException failure && failure.getReason() == null;
        String kind = e.getClass().getSimpleName().replace("Exception", "");
        return bare ? kind + " " + e.getMessage() : e.getMessage();
    }
}
