package distributedmysql.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import distributedmysql.config.ReplicationMode;
import distributedmysql.experiment.failover.FailoverCheck;
import distributedmysql.experiment.failover.SemiSyncFallback;
import distributedmysql.experiment.soak.Drift;
import distributedmysql.experiment.soak.Leak;
import distributedmysql.history.Quantity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class MeaningsTest {
    private static final Pattern NAMED =
            Pattern.compile("String (?:NAME|CHECK|AFTER|LOST|SPLIT_BRAIN|OUTCOMES|NODES) = \"([^\"]+)\""
                    + "|(?:new Check|StageRates\\.check)\\(\\s*\"([^\"]+)\"");

    /** Every check that the code can make, by the lists of names and by its sources. */
    private static Set<String> inCode() throws IOException {
        Set<String> names = new LinkedHashSet<>(ConsistencyVerdicts.names());
        for (ReplicationMode mode : ReplicationMode.values()) {
            names.addAll(FailoverCheck.names(mode));
            names.add(SemiSyncFallback.name(mode));
        }
        Stream.of(Quantity.values()).map(Leak::checkName).forEach(names::add);
        names.add(Drift.checkName("throughput"));
        names.add("server counts: mixed");
        names.add(ServerSilence.checkName("soak"));
        try (Stream<Path> files = Files.walk(Path.of("src/main/java/distributedmysql"))) {
            for (Path file : files.filter(MeaningsTest::canNameChecks).toList()) {
                Matcher matcher = NAMED.matcher(Files.readString(file));
                while (matcher.find()) {
                    names.add(matcher.group(1) == null ? matcher.group(2) : matcher.group(1));
                }
            }
        }
        return names;
    }

    private static boolean canNameChecks(Path file) {
        return file.toString().endsWith(".java")
                && Stream.of("check", "run", "ledger", "experiment", "gatling", "workload")
                        .anyMatch(folder -> file.toString().contains("/distributedmysql/" + folder + "/"));
    }

    @Test
    @DisplayName("every check that the code makes says what it means and what to do")
    void nobodyIsWithout() throws IOException {
        List<String> without = inCode().stream()
                .filter(name ->
                        Meanings.of(name).or(() -> Meanings.of(name + ": any")).isEmpty())
                .toList();
        assertThat(without).isEmpty();
    }

    @Test
    void noMeaningIsOfACheckThatIsNotThere() throws IOException {
        Set<String> inCode = inCode();
        assertThat(Meanings.names())
                .allMatch(name -> inCode.stream().anyMatch(each -> each.startsWith(name.replaceFirst(": $", ""))));
    }

    @Test
    @DisplayName("docs/verdicts.md has exactly one paragraph for every check, in the same order")
    void documented() throws IOException {
        List<String> headings = new ArrayList<>();
        for (String line : Files.readAllLines(Path.of("docs/verdicts.md"))) {
            if (line.startsWith("### ")) {
                headings.add(line.substring(4));
            }
        }
        assertThat(headings)
                .isEqualTo(Meanings.names().stream()
                        .map(name -> name.replaceFirst(": $", ""))
                        .toList());
    }

    @Test
    void everyParagraphSaysWhatIsProvenAndWhatToDo() throws IOException {
        for (String paragraph : Files.readString(Path.of("docs/verdicts.md")).split("(?m)^### ")) {
            if (!paragraph.startsWith("#")) {
                assertThat(paragraph).contains("*Proves*", "`INVALID`").containsPattern("\\*Next");
            }
        }
    }

    @Test
    @DisplayName(
            "what is UNKNOWN for a reason that can meet any check says what that reason means, and nothing of another's")
    void everyReasonHasItsOwnMeaning() {
        Set<String> texts = new LinkedHashSet<>();
        for (Doubt doubt : Doubt.values()) {
            assertThat(texts.add(doubt.means())).as(doubt.means()).isTrue();
            assertThat(texts.add(doubt.next())).as(doubt.next()).isTrue();
        }
        for (String name : Meanings.names()) {
            CheckResult forWantOfEvidence = CheckResult.unknown(name + "any", "some figures");
            for (Doubt doubt : Doubt.values()) {
                CheckResult result = CheckResult.unknown(name, doubt, "some figures");
                assertThat(result.means()).isEqualTo(doubt.means()).isNotEqualTo(forWantOfEvidence.means());
                assertThat(result.next()).isEqualTo(doubt.next()).isNotEqualTo(forWantOfEvidence.next());
                assertThat(result.meaning(new Meaning("a", "b", "c")).means()).isEqualTo(doubt.means());
                assertThat(result.named("soak errors").means()).isEqualTo(doubt.means());
            }
        }
    }

    @Test
    void onlyWhatIsUnknownCanBeInDoubt() {
        for (Verdict verdict : List.of(Verdict.VALID, Verdict.INVALID)) {
            assertThatThrownBy(() -> new CheckResult("drift: p95", verdict, "x", null, Doubt.BUSY_MACHINE))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    @DisplayName("docs/verdicts.md has every such reason, in the same order")
    void reasonsAreDocumented() throws IOException {
        List<String> rows = Files.readAllLines(Path.of("docs/verdicts.md")).stream()
                .filter(line -> line.startsWith("| *") && line.contains("* | "))
                .map(line -> line.substring(3, line.indexOf("* | ")))
                .toList();
        assertThat(rows)
                .isEqualTo(Stream.of(Doubt.values())
                        .map(doubt ->
                                doubt.name().toLowerCase(java.util.Locale.ROOT).replace('_', ' '))
                        .toList());
    }

    @Test
    void familiesAreFoundByTheirBeginningAndStrangersNot() {
        assertThat(Meanings.of("drift: p95"))
                .isEqualTo(Meanings.of("drift: throughput"))
                .isPresent();
        assertThat(Meanings.of("drift")).isEmpty();
        assertThat(Meanings.of("table checksums of mine")).isEmpty();
        assertThat(Meanings.of("a check of my own: 1")).isEmpty();
    }

    @Test
    void onlyWhatIsNotValidIsExplained() {
        CheckResult valid = CheckResult.valid("table checksums", "all");
        CheckResult invalid = CheckResult.invalid("table checksums", "one");
        CheckResult unknown = CheckResult.unknown("table checksums", "none");

        assertThat(valid.means()).isNull();
        assertThat(valid.next()).isNull();
        assertThat(invalid.means()).isNotEqualTo(unknown.means()).contains("does not hold what its primary holds");
        assertThat(unknown.means()).contains("Not every row could be compared");
        assertThat(invalid.next()).isEqualTo(unknown.next()).isNotBlank();
        assertThat(CheckResult.invalid("mine", "x")
                        .meaning(new Meaning("a", "b", "c"))
                        .means())
                .isEqualTo("a");
    }
}
