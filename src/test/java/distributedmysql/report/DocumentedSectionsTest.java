package distributedmysql.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("Every key of the JSON summary has a row in the table of docs/report.md")
class DocumentedSectionsTest {
    private static final Path SCHEMA = Path.of("docs/test-report.schema.json");
    private static final Path PAGE = Path.of("docs/report.md");

    static Stream<String> keys() throws IOException {
        JsonNode schema = JsonMapper.builder().build().readTree(SCHEMA.toFile());
        // Of the schema's version the page speaks before its table.
        return schema.get("properties").properties().stream()
                .map(property -> property.getKey())
                .filter(key -> !key.equals("schemaVersion"));
    }

    @ParameterizedTest
    @MethodSource("keys")
    void hasARow(String key) throws IOException {
        assertThat(Files.readAllLines(PAGE)).anyMatch(line -> line.matches("\\| `" + key + "[.`\\[].*"));
    }
}
