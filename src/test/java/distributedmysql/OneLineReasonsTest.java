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

@DisplayName("What the driver says, which may be several lines and blank ones, gets into no message as it is")
class OneLineReasonsTest {
    private static final Path SOURCES = Path.of("src/main/java/distributedmysql");
    private static final Pattern CATCH =
            Pattern.compile("catch \\(SQL\\w*Exception (\\w+)\\) \\{(.*?)\\n\\s*\\}", Pattern.DOTALL);
    private static final Pattern FIRST_LINE = Pattern.compile("\\s*\\.lines\\(\\)\\.findFirst\\(\\)");

    /** Both make an exception of the driver's kind, which whoever catches it words. */
    private static final List<String> STAY_EXCEPTIONS = List.of("mysql/CappedCommands", "topology/external/Grants");

    @Test
    void everyCatch() throws IOException {
        List<String> whole = new ArrayList<>();
        try (Stream<Path> files = Files.walk(SOURCES)) {
            for (Path file :
                    files.filter(each -> each.toString().endsWith(".java")).toList()) {
                String name =
                        SOURCES.relativize(file).toString().replace('\\', '/').replace(".java", "");
                if (usesWholeMessage(Files.readString(file)) && !STAY_EXCEPTIONS.contains(name)) {
                    whole.add(name);
                }
            }
        }
        assertThat(whole).isEmpty();
    }

    private static boolean usesWholeMessage(String source) {
        Matcher block = CATCH.matcher(source);
        while (block.find()) {
            String message = block.group(1) + ".getMessage()";
            String[] parts = block.group(2).split(Pattern.quote(message), -1);
            for (int i = 1; i < parts.length; i++) {
                if (!FIRST_LINE.matcher(parts[i]).lookingAt()) {
                    return true;
                }
            }
        }
        return false;
    }
}
