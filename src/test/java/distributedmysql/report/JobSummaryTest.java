package distributedmysql.report;

import static org.assertj.core.api.Assertions.assertThat;

import distributedmysql.check.CheckResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JobSummaryTest {
    private static final CheckResult VALID = CheckResult.valid("target rate", "all of 3 stages");
    private static final CheckResult INVALID = CheckResult.invalid("lost writes", "3 of 9: 1, 2, 3");

    @TempDir
    private Path directory;

    @Test
    void verdictAndEvidenceOfWhatFailedComeFirst() {
        String summary = JobSummary.of(Reports.of(List.of(VALID, INVALID), true), "the console\n");

        assertThat(summary)
                .startsWith(JobSummary.MARK + "\n## FAIL: distributedmysql.simulations.PerformanceSimulation,"
                        + " profile quick, embedded\n")
                .contains("\n1 check INVALID, 1 VALID; 2026-03-04T05:06:07Z, 9")
                .contains("\n| INVALID | lost writes | 3 of 9: 1, 2, 3 |\n")
                .contains("```text\nthe console\n```\n")
                .doesNotContain("| VALID |");
    }

    @Test
    void whereAllIsValidThereIsNoTable() {
        String summary = JobSummary.of(Reports.of(List.of(VALID), true), "x");

        assertThat(summary).contains("## PASS: ", "\n1 check VALID; ").doesNotContain("|");
    }

    @Test
    void anInterruptedRunSaysSo() {
        assertThat(JobSummary.of(Reports.interrupted(), "x"))
                .contains("## FAIL: ", "\ninterrupted, before any check was judged; ");
    }

    @Test
    void namesAndValuesAreNoMarkup() {
        assertThat(JobSummary.escaped("a|b `c` <img src=x> **d** [e](f) _g_ \\ #1 @you ~h~ $i$ &lt;"))
                .doesNotContain("|", "`", "<", "*", "[", "_", "\\", "@", " #1", "~", "$", "&lt;")
                .contains("a&#124;b", "&#60;img src=x>");
        assertThat(JobSummary.escaped("https://a.b www.c.d :tada: _e __f")).doesNotContain("://", "www.", ":tada", "_");
        assertThat(JobSummary.escaped("one\ntwo\u0007")).isEqualTo("one<br>two&#92;u0007");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "node1 (127.0.0.1:3306): 3 of 9 - 1 + 2 = {4}! 5 > 4, #",
                "lost writes: async: max_connections, performance_schema.x",
                "1.5 ms, 2026-03-04T05:06:07Z, über_größe"
            })
    void whatIsPlainStaysAsItIs(String text) {
        assertThat(JobSummary.escaped(text)).isEqualTo(text);
    }

    @Test
    void theFiguresCannotEndTheirBlock() {
        assertThat(JobSummary.of(Reports.interrupted(), "a\n````\nb")).contains("\n`````text\na\n````\nb\n`````\n");
    }

    @Test
    void itStaysBelowWhatGitHubTakes() {
        CheckResult large = CheckResult.invalid("lost writes", "|".repeat(100_000));
        List<CheckResult> many = IntStream.range(0, 1_000).mapToObj(i -> large).toList();

        String summary = JobSummary.of(Reports.of(many, true), "x");
        assertThat(summary.length()).isLessThan(1 << 20);
        assertThat(summary).contains("and 900 more");
    }

    @Test
    void theStepSummaryIsAppendedTo() throws IOException {
        RunReport report = Reports.of(List.of(VALID), true);
        Path json = ReportWriter.write(report, directory);
        Path step = Files.writeString(directory.resolve("step"), "before\n");

        assertThat(CiFiles.write(report, json, "console", Map.of("GITHUB_STEP_SUMMARY", step.toString())))
                .isEmpty();

        String name = RunFile.timestampOf(json);
        Path own = directory.resolve("summary_" + name + ".md");
        assertThat(step).hasContent("before\n" + Files.readString(own));
        assertThat(directory.resolve("junit_" + name + ".xml")).content().isEqualTo(JUnitXml.of(report));
    }

    @Test
    void whatCannotBeWrittenIsSaidAndTheRestIsWritten() throws IOException {
        RunReport report = Reports.of(List.of(VALID), true);
        Path json = ReportWriter.write(report, directory);
        Path junit = Files.writeString(directory.resolve("junit_" + RunFile.timestampOf(json) + ".xml"), "theirs");

        List<String> problems =
                CiFiles.write(report, json, "console", Map.of("GITHUB_STEP_SUMMARY", directory.toString()));

        assertThat(problems).hasSize(2);
        assertThat(problems.get(0)).startsWith(junit.toAbsolutePath() + ": cannot be written: ");
        assertThat(problems.get(1)).startsWith(directory.toAbsolutePath() + ": cannot be written: ");
        assertThat(junit).hasContent("theirs");
        assertThat(directory.resolve("summary_" + RunFile.timestampOf(json) + ".md"))
                .exists();
        assertThat(CiFiles.write(report, ReportWriter.write(report, directory), "c", Map.of("GITHUB_STEP_SUMMARY", "")))
                .isEmpty();
    }
}
