package distributedmysql.documents;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What docs/architecture.md and CONTRIBUTING.md say of the code is so. */
class ArchitecturePictureTest {
    private static final Path PAGE = Path.of("docs/architecture.md");
    private static final Path SOURCES = Path.of("src/main/java/distributedmysql");
    private static final Pattern ARROW = Pattern.compile("(?m)^ +(\\w+) --> (\\w+)$");
    private static final Pattern BOX = Pattern.compile("(?m)^ +(\\w+)\\[\"");
    private static final Pattern IMPORT =
            Pattern.compile("(?m)^import (?:static )?distributedmysql\\.([a-z]+)[.\\w]*\\.[A-Z]");
    private static final Pattern NAMED = Pattern.compile("`([A-Z][a-z]\\w*)`");

    @Test
    void thePicturesArrowsAreTheImportsWithoutThoseThatFollowFromOthers() throws IOException {
        Map<String, Set<String>> uses = uses();

        assertThat(drawn(ARROW, arrow -> arrow.group(1) + " --> " + arrow.group(2)))
                .as(PAGE + ": an arrow too many or too few")
                .isEqualTo(reduced(uses));
        assertThat(drawn(BOX, box -> box.group(1))).as(PAGE + ": the boxes").isEqualTo(uses.keySet());
    }

    @Test
    @DisplayName("The arrows of a chain of three suffice without the one from its first to its last")
    void known() {
        Map<String, Set<String>> uses = Map.of("a", Set.of("b", "c"), "b", Set.of("c"), "c", Set.of());

        assertThat(reduced(uses)).containsExactly("a --> b", "b --> c");
    }

    @Test
    void everyClassAndFileThatIsNamedIsThere() throws IOException {
        Set<String> known;
        try (Stream<Path> files = Files.walk(Path.of("src"))) {
            known = files.map(file -> file.getFileName().toString().replaceFirst("\\.java$", ""))
                    .collect(Collectors.toSet());
        }
        for (Path page : List.of(PAGE, Path.of("CONTRIBUTING.md"))) {
            Set<String> named = new TreeSet<>();
            Matcher names = NAMED.matcher(Files.readString(page));
            while (names.find()) {
                named.add(names.group(1));
            }
            named.removeAll(known);
            assertThat(named).as(page + ": classes that there are not").isEmpty();
        }
    }

    private interface Text {
        String of(MatchResult found);
    }

    private static Set<String> drawn(Pattern pattern, Text text) throws IOException {
        return pattern.matcher(Files.readString(PAGE))
                .results()
                .map(text::of)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Which packages the classes of each import, those below them included. */
    private static Map<String, Set<String>> uses() throws IOException {
        Map<String, Set<String>> uses = new TreeMap<>();
        try (Stream<Path> files = Files.walk(SOURCES)) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".java")).toList()) {
                String own = SOURCES.relativize(file).getName(0).toString();
                Set<String> others = uses.computeIfAbsent(own, name -> new TreeSet<>());
                IMPORT.matcher(Files.readString(file))
                        .results()
                        .map(found -> found.group(1))
                        .filter(other -> !other.equals(own))
                        .forEach(others::add);
            }
        }
        return uses;
    }

    private static Set<String> reduced(Map<String, Set<String>> uses) {
        Set<String> arrows = new TreeSet<>();
        uses.forEach((from, all) -> all.stream()
                .filter(to -> all.stream().noneMatch(via -> !via.equals(to) && reaches(uses, via, to, from)))
                .forEach(to -> arrows.add(from + " --> " + to)));
        return arrows;
    }

    /** By whatever way that does not come back to where it began. */
    private static boolean reaches(Map<String, Set<String>> uses, String from, String to, String start) {
        return uses.get(from).stream()
                .filter(next -> !next.equals(start))
                .anyMatch(next -> next.equals(to) || reaches(uses, next, to, start));
    }
}
