package distributedmysql.benchmark;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/**
 * What a Gatling process is to do; a file, because Gatling makes the simulation itself.
 *
 * @param result the file for its {@link ToolReport}
 */
record GatlingPlan(
        GeneratorKind engine,
        LoadPlan load,
        String host,
        int port,
        String serverVersion,
        String database,
        String user,
        String result) {

    static final String PROPERTY = "benchmark.plan";
    static final String PASSWORD = "MYSQL_PASSWORD";
    static final String BEGIN_LINE = "benchmark: the load begins";

    private static final JsonMapper JSON =
            JsonMapper.builder().addModule(new Jdk8Module()).build();

    String json() throws IOException {
        return JSON.writeValueAsString(this);
    }

    /** The plan of this process. */
    static GatlingPlan ofThisProcess() {
        try {
            return JSON.readValue(Path.of(System.getProperty(PROPERTY)).toFile(), GatlingPlan.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void write(ToolReport report) {
        try {
            JSON.writeValue(Path.of(result).toFile(), report);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static ToolReport readResult(Path file) throws IOException {
        return JSON.readValue(file.toFile(), ToolReport.class);
    }
}
