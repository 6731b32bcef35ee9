package distributedmysql;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Files and constructors stay small")
class SizesTest {
    private static final int MOST_LINES = 300;
    private static final int MOST_PARAMETERS = 8;

    @ParameterizedTest
    @ValueSource(strings = {"src/main/java", "src/test/java", "src/bench/java", "src/shardingsphere/java"})
    void files(Path sources) throws IOException {
        try (Stream<Path> files = Files.walk(sources)) {
            List<Path> tooLong = files.filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> lines(file) > MOST_LINES)
                    .toList();
            assertThat(tooLong).isEmpty();
        }
    }

    private static long lines(Path file) {
        try (Stream<String> lines = Files.lines(file)) {
            return lines.count();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** A record is data: its components are named where it is made, or it is made in one place. */
    @Test
    void constructors() {
        assertThat(ArchitectureTest.OURS.stream()
                        .filter(each -> !each.isRecord())
                        .flatMap(each -> each.getConstructors().stream())
                        .filter(each -> each.getRawParameterTypes().size() > MOST_PARAMETERS)
                        .map(each -> each.getFullName()))
                .isEmpty();
    }
}
