package distributedmysql.benchmark;

import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import distributedmysql.report.ReportWriter;
import distributedmysql.report.ToolVersions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * All that a benchmark found, as it is written to {@code results/benchmark_YYYYMMDD_HHMMSS.json}.
 *
 * @param processors of this machine
 * @param generators their versions, by name
 * @param notes what was not measured, and why
 * @param failures measurements that failed
 */
record BenchmarkReport(
        Instant start,
        int processors,
        ToolVersions versions,
        String server,
        Map<String, String> generators,
        Map<String, Object> settings,
        List<String> notes,
        List<String> failures,
        List<Summary> summaries,
        List<Measurement> measurements) {

    private static final JsonMapper JSON = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .enable(SerializationFeature.INDENT_OUTPUT)
            .build();

    /** @return the file */
    Path write(Path directory) throws IOException {
        Files.createDirectories(directory);
        Path file = directory.resolve("benchmark_" + ReportWriter.timestamp(start) + ".json");
        return Files.write(file, JSON.writeValueAsBytes(this));
    }
}
