package distributedmysql;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * Reads the sources for what takes the language of the machine: Arabic digits, the Turkish i, decimal commas. To set the
 * default locale for the whole run would be simpler; but it is the user's simulation too that runs in this JVM.
 */
class LocaleTest {
    private static final Pattern DEPENDS = Pattern.compile(
            "\\.formatted\\(|\\.to(?:Lower|Upper)Case\\(\\)|Locale\\.getDefault|toLocale\\w*\\(|ofLocalized|getDisplay\\w+\\("
                    + "|(?:String\\.format|\\.printf|(?:out|err)\\.format)\\((?!\\s*(?:java\\.util\\.)?Locale\\.)"
                    + "|ofPattern\\((?!\"[^\"]*\",\\s*Locale\\.)|\\bappendPattern\\("
                    + "|\\bNumberFormat\\b|\\bDecimalFormat|SimpleDateFormat|MessageFormat|\\bCollator\\b"
                    + "|new (?:Formatter|Scanner)\\(");

    @Test
    @DisplayName("No text of ours depends on the language of the machine")
    void nothingDependsOnTheLanguage() throws IOException {
        List<String> found = new ArrayList<>();
        for (String part : List.of("main", "bench", "shardingsphere")) {
            try (Stream<Path> files = Files.walk(Path.of("src", part))) {
                for (Path file :
                        files.filter(path -> path.toString().endsWith(".java")).toList()) {
                    found.addAll(dependent(file.toString(), Files.readString(file)));
                }
            }
        }
        assertThat(found).isEmpty();
    }

    @Test
    @DisplayName("What would depend on it is found, and nothing else")
    void whatDependsIsFound() {
        for (String planted : List.of(
                "String.format(\"%d\", 1)",
                "String.format(\n    \"%d\", 1)",
                "out.printf(\"%d\", 1)",
                "\"%d\".formatted(1)",
                "name.toLowerCase()",
                "name.toUpperCase().strip()",
                "DateTimeFormatter.ofPattern(\"yyyy\")",
                "NumberFormat.getInstance()",
                "new DecimalFormat(\"0.0\")",
                "Locale.getDefault()")) {
            assertThat(dependent("A.java", "a\n" + planted))
                    .as(planted)
                    .hasSize(1)
                    .allMatch(found -> found.startsWith("A.java:2: "));
        }
        assertThat(
                        dependent(
                                "A.java",
                                "String.format(\n  Locale.ROOT, x) + name().toLowerCase(Locale.ROOT) + ofPattern(\"yy\", Locale.ROOT)"))
                .isEmpty();
    }

    private static List<String> dependent(String file, String source) {
        List<String> found = new ArrayList<>();
        Matcher matcher = DEPENDS.matcher(source);
        while (matcher.find()) {
            long line = 1
                    + source.substring(0, matcher.start())
                            .chars()
                            .filter(c -> c == '\n')
                            .count();
            found.add(file + ":" + line + ": " + matcher.group());
        }
        return found;
    }
}
