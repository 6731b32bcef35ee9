package distributedmysql.documents;

import static org.assertj.core.api.Assertions.assertThat;

import distributedmysql.check.Doubt;
import distributedmysql.check.ServerSilence;
import distributedmysql.config.ReplicationMode;
import distributedmysql.experiment.consistency.judge.ConsistencyVerdicts;
import distributedmysql.experiment.failover.FailoverCheck;
import distributedmysql.experiment.failover.SemiSyncFallback;
import distributedmysql.experiment.soak.Drift;
import distributedmysql.experiment.soak.Leak;
import distributedmysql.history.Quantity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** docs/verdicts.md explains every check that the code can make. */
class DocumentedChecksTest {
    private static final Path PAGE = Path.of("docs/verdicts.md");
    private static final Pattern NAMED =
            Pattern.compile("String (?:(?:\\w+_)?NAME|CHECK|AFTER|LOST|SPLIT_BRAIN|OUTCOMES|NODES|ERRORS|TARGET_RATE)"
                    + " = \"([^\"]+)\"|new Check\\(\\s*\"([^\"]+)\"");

    /** By the lists of names and by the sources; of those that are made for each stage, mode or quantity, the beginning. */
    private static Set<String> inCode() throws IOException {
        Set<String> names = new TreeSet<>(ConsistencyVerdicts.names());
        for (ReplicationMode mode : ReplicationMode.values()) {
            names.addAll(FailoverCheck.names(mode));
            names.add(SemiSyncFallback.name(mode));
        }
        Stream.of(Quantity.values()).map(Leak::checkName).forEach(names::add);
        names.add(Drift.checkName("throughput"));
        names.add(ServerSilence.checkName("soak"));
        try (Stream<Path> files = Files.walk(Path.of("src/main/java/distributedmysql"))) {
            for (Path file : files.filter(DocumentedChecksTest::canNameChecks).toList()) {
                Matcher matcher = NAMED.matcher(Files.readString(file));
                while (matcher.find()) {
                    names.add(matcher.group(1) == null ? matcher.group(2) : matcher.group(1));
                }
            }
        }
        Set<String> beginnings = new TreeSet<>();
        names.forEach(name -> beginnings.add(name.replaceFirst(": .*$", "")));
        return beginnings;
    }

    private static boolean canNameChecks(Path file) {
        return file.toString().endsWith(".java")
                && Stream.of("check", "run", "experiment", "gatling", "load/data")
                        .anyMatch(folder -> file.toString().contains("/distributedmysql/" + folder + "/"));
    }

    @Test
    @DisplayName("docs/verdicts.md has exactly one paragraph for every check")
    void documented() throws IOException {
        List<String> headings = Files.readAllLines(PAGE).stream()
                .filter(line -> line.startsWith("### "))
                .map(line -> line.substring(4))
                .toList();

        assertThat(headings).containsExactlyInAnyOrderElementsOf(inCode());
    }

    @Test
    void everyParagraphSaysWhatIsProvenAndWhatToDo() throws IOException {
        for (String paragraph : Files.readString(PAGE).split("(?m)^### ")) {
            if (!paragraph.startsWith("#")) {
                assertThat(paragraph).contains("*Proves*", "`INVALID`").containsPattern("\\*Next");
            }
        }
    }

    @Test
    @DisplayName("docs/verdicts.md has every reason that can make any check UNKNOWN, in the same order")
    void reasonsAreDocumented() throws IOException {
        List<String> rows = Files.readAllLines(PAGE).stream()
                .filter(line -> line.startsWith("| *") && line.contains("* | "))
                .map(line -> line.substring(3, line.indexOf("* | ")))
                .toList();
        assertThat(rows)
                .isEqualTo(Stream.of(Doubt.values())
                        .map(doubt -> doubt.name().toLowerCase(Locale.ROOT).replace('_', ' '))
                        .toList());
    }
}
