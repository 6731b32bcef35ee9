package distributedmysql.comparison;

import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import distributedmysql.report.ReportWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;

/** Writes what was found as JSON, beside the runs that it is about. */
final class ComparisonFile {
    private static final JsonMapper JSON = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .enable(SerializationFeature.INDENT_OUTPUT)
            .build();

    private ComparisonFile() {}

    /**
     * @param name what the file's name begins with
     * @param runs a directory of runs, or one run
     * @throws RunsException if it cannot be written
     */
    static Path write(Object found, String name, Path runs) {
        Path directory = Files.isDirectory(runs) ? runs : runs.toAbsolutePath().getParent();
        Path file = directory.resolve(name + "_" + ReportWriter.timestamp(Instant.now()) + ".json");
        try {
            return Files.write(file, JSON.writeValueAsBytes(found));
        } catch (IOException e) {
            throw new RunsException(file + ": cannot be written");
        }
    }
}
