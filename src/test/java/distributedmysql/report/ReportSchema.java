package distributedmysql.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import distributedmysql.run.Experiment;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The published schema of the JSON summary. */
public final class ReportSchema {
    static final Path FILE = Path.of("docs", "test-report.schema.json");

    private static final Schema SCHEMA = schema(read(FILE));

    private ReportSchema() {}

    /** Fails, naming each place, if the file is not a report as the schema says. */
    public static void validate(Path report) {
        assertThat(errors(read(report))).as("%s against %s", report, FILE).isEmpty();
    }

    /** The same for a simulation that plays these experiments only. */
    public static void validate(Path report, List<Experiment> experiments) {
        assertThat(errors(read(report), schema(SchemaOfRecords.of(experiments))))
                .as("%s", report)
                .isEmpty();
    }

    static List<String> errors(String json) {
        return errors(json, SCHEMA);
    }

    private static Schema schema(String text) {
        return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(text, InputFormat.JSON);
    }

    private static List<String> errors(String json, Schema schema) {
        return schema
                .validate(
                        json,
                        InputFormat.JSON,
                        context -> context.executionConfig(config -> config.formatAssertionsEnabled(true)))
                .stream()
                .map(Error::toString)
                .toList();
    }

    static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
