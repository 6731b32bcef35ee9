package distributedmysql.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class UnitsTest {
    /** Of keys of the JSON summary, which has microseconds. */
    private static final Pattern DESCRIPTIONS =
            Pattern.compile("@Json(?:Class|Property)Description\\((?:[^\"()]|\"(?:\\\\.|[^\"\\\\])*\")*\\)");

    /** Of records that contradict themselves: a programmer's error, on the clock's own unit. */
    private static final List<String> OF_ARGUMENTS =
            List.of("Invocation.java", "Read.java", "LedgerRead.java", "LedgerWrite.java");

    @Test
    void whatAPersonReadsIsInMillisecondsOrSecondsLikeTheLineBesideIt() throws IOException {
        List<String> microseconds = new ArrayList<>();
        try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
            for (Path file :
                    files.filter(each -> each.toString().endsWith(".java")).toList()) {
                DESCRIPTIONS
                        .matcher(Files.readString(file))
                        .replaceAll("")
                        .lines()
                        .filter(line -> line.matches(".*\"[^\"]*(?:µs|\\\\u00b5s| microseconds)[^\"]*\".*"))
                        .filter(line ->
                                !OF_ARGUMENTS.contains(file.getFileName().toString()))
                        .forEach(line -> microseconds.add(file + ": " + line.strip()));
            }
        }
        assertThat(microseconds).isEmpty();
    }
}
