package distributedmysql.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PluralTest {
    /** A number, put together with a noun that is always in the plural: {@code n + " rows"} or {@code "%d rows"}. */
    private static final Pattern COUNTED =
            Pattern.compile("[\\w)\\]]\\s*\\+ \"( (?:[a-z-]+ )?[a-z]+s)\\b|%,?d( [a-z]+s)\\b");

    /** What ends in s and is no plural, is a unit, or is a verb of what stands before. */
    private static final Pattern NO_PLURAL = Pattern.compile(
            " (?:[a-z-]+ )?(?:is|was|has|does|ms|others|asks|passes|writes|executes|takes|leads|needs|answers|exists"
                    + "|follows|comes|replicates|knows|runs|says|access|process|times|ends|makes|means|lacks|promises|sends|gets|lags|yes|this|as|us|its|pass)");

    /** No number stands before it. */
    private static final List<String> NO_NUMBER = List.of("load/StatementLimits.java: statement limits");

    @ParameterizedTest
    @CsvSource({"0, replica, 0 replicas", "1, replica, 1 replica", "2, replica, 2 replicas", "1000, row, 1000 rows"})
    void aNounFollowsItsNumber(long n, String noun, String said) {
        assertThat(Plural.of(n, noun)).isEqualTo(said);
        assertThat(String.format(Locale.ROOT, "%d %s", n, Plural.noun(n, noun))).isEqualTo(said);
    }

    @Test
    void noTextCountsWithAPluralThatIsAlwaysThere() throws IOException {
        List<String> found = new ArrayList<>();
        for (Path file : sources()) {
            String name = Path.of("src/main/java/distributedmysql")
                    .relativize(file)
                    .toString()
                    .replace('\\', '/');
            Matcher counted = COUNTED.matcher(Files.readString(file));
            while (counted.find()) {
                String noun = counted.group(1) == null ? counted.group(2) : counted.group(1);
                if (!NO_PLURAL.matcher(noun).matches() && !NO_NUMBER.contains(name + ":" + noun)) {
                    found.add(name + ":" + noun);
                }
            }
        }
        assertThat(found).isEmpty();
    }

    private static List<Path> sources() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src/main/java/distributedmysql"))) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .sorted()
                    .toList();
        }
    }
}
