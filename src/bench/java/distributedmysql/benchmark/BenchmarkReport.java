package distributedmysql.benchmark;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import distributedmysql.report.ReportWriter;
import distributedmysql.report.ToolVersions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * All that a benchmark found, as it is written to {@code results/benchmark_YYYYMMDD_HHMMSS.json}.
 *
 * @param processors of this machine
 * @param server null if none was started
 * @param generators their versions, by name
 * @param notes what was not measured, and why
 * @param failures measurements that failed
 * @param tableComparison null if it was not measured
 * @param routing null if it was not measured
 * @param fullBackups likewise
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
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
        TableComparisons.Result tableComparison,
        RoutingCost.Result routing,
        FullBackups.Result fullBackups,
        List<Measurement> measurements) {

    private static final JsonMapper JSON = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .enable(SerializationFeature.INDENT_OUTPUT)
            .build();

    /**
     * Writes this, and beside it a plot of each workload that was measured with several numbers of connections.
     *
     * @return the files
     */
    List<Path> write(Path directory) throws IOException {
        Files.createDirectories(directory);
        String name = "benchmark_" + ReportWriter.timestamp(start);
        List<Path> files = new ArrayList<>();
        files.add(Files.write(directory.resolve(name + ".json"), JSON.writeValueAsBytes(this)));
        for (Workload workload : Workload.values()) {
            Path plot = directory.resolve(name + "_" + workload.label() + ".svg");
            if (Plot.write(summaries, workload, plot)) {
                files.add(plot);
            }
        }
        return files;
    }
}
