package distributedmysql.documents;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The short names of the commands. */
@Timeout(60)
class MakefileTest {
    private static final Pattern TARGET = Pattern.compile("(?m)^([a-z-]+):[^=].*$");
    private static final Pattern WITH_COMMENT = Pattern.compile("(?m)^([a-z-]+):.* ## \\S.*$");
    private static final Pattern TYPED = Pattern.compile("make ([a-z][a-z-]*)\\b.*");

    @Test
    void everyTargetThatADocumentNamesIsThere() throws IOException {
        Set<String> typed = Stream.concat(
                        Documents.spans().stream().map(Documents.Block::text),
                        Documents.blocks().stream().flatMap(block -> block.commands().stream()))
                .map(text -> TYPED.matcher(text.strip()))
                .flatMap(matcher -> matcher.matches() ? Stream.of(matcher.group(1)) : Stream.empty())
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(typed).contains("it", "test", "verify", "format");
        assertThat(targets(TARGET)).containsAll(typed);
    }

    @Test
    void everyTargetSaysWhatItDoesAndIsNoFile() throws IOException {
        String phony = Files.readString(Path.of("Makefile")).replaceFirst("(?s).*\\n\\.PHONY: ([^\\n]*).*", "$1");

        assertThat(targets(WITH_COMMENT)).isEqualTo(targets(TARGET)).containsExactlyInAnyOrder(phony.split(" "));
    }

    @Test
    void everyCommandIsOneThatTheProjectHas() throws Exception {
        List<String> commands = Files.readAllLines(Path.of("Makefile")).stream()
                .filter(line -> line.startsWith("\t$(MVN)"))
                .toList();

        assertThat(commands).hasSizeGreaterThan(5);
        String pom = Files.readString(Path.of("pom.xml"));
        for (String command : commands) {
            for (MatchResult profile : results("-P(\\w+)|exec:java@([\\w-]+)", command)) {
                String id = profile.group(1) == null ? profile.group(2) : profile.group(1);
                assertThat(pom).contains("<id>" + id + "</id>");
            }
            for (MatchResult plugin : results(" ([a-z]+):[a-z]", command)) {
                assertThat(pom).containsPattern("<artifactId>(maven-)?" + plugin.group(1) + "(-maven)?(-plugin)?<");
            }
        }
    }

    @Test
    void withoutATargetMakeListsAllOfThem() throws Exception {
        assumeThat(Files.isExecutable(Path.of("/usr/bin/make")))
                .as("make is installed")
                .isTrue();
        ProcessBuilder builder = new ProcessBuilder("/usr/bin/make").redirectErrorStream(true);
        // Where the tests themselves are run by make, it would say which directory it enters.
        builder.environment().keySet().removeIf(key -> key.startsWith("MAKE") || key.equals("MFLAGS"));
        Process make = builder.start();
        String output = new String(make.getInputStream().readAllBytes(), UTF_8);

        assertThat(make.waitFor()).as(output).isZero();
        assertThat(output.lines().map(line -> line.strip().replaceFirst(" .*", "")))
                .containsExactlyInAnyOrderElementsOf(targets(TARGET));
    }

    private static Set<String> targets(Pattern pattern) throws IOException {
        return pattern.matcher(Files.readString(Path.of("Makefile")))
                .results()
                .map(target -> target.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static List<MatchResult> results(String pattern, String text) {
        return Pattern.compile(pattern).matcher(text).results().toList();
    }
}
