package distributedmysql.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import distributedmysql.check.CheckResult;
import distributedmysql.check.Meaning;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VerdictsDocTest {
    private static final Pattern INDENTED = Pattern.compile("(?m)(?:^ {4}\\S.*\\n(?:^ {4,}.*\\n)*)");

    @TempDir
    private Path directory;

    @Test
    @DisplayName("every shell command of docs/verdicts.md works on a whole report, as it stands")
    void commandsWork() throws Exception {
        assumeTrue(new ProcessBuilder("sh", "-c", "command -v jq").start().waitFor() == 0, "no jq on this machine");
        RunReport full = Reports.full();
        RunReport failed = RunReport.of(
                        full.run(),
                        full.topology(),
                        List.of(CheckResult.invalid("table checksums", "db.probes on node2: 1 rows differing")
                                .meaning(new Meaning("It is wrong.", "Too little.", "Look."))),
                        full.notRun())
                .with(full.stages(), full.sections())
                .behind(full.endpoints())
                .at(full.gatlingReport());
        ReportWriter.write(failed, Files.createDirectories(directory.resolve("results")));
        List<String> blocks = INDENTED.matcher(Files.readString(Path.of("docs/verdicts.md")))
                .results()
                .map(match -> match.group().lines().map(String::strip).collect(Collectors.joining("\n")))
                .toList();
        assertThat(blocks).hasSizeGreaterThan(5);
        assertThat(blocks.get(0)).startsWith("report=");

        for (String block : blocks) {
            Path output = directory.resolve("output");
            int exitCode = new ProcessBuilder(
                            "bash", "-ec", blocks.get(0).lines().findFirst().orElseThrow() + "\n" + block)
                    .directory(directory.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start()
                    .waitFor();
            assertThat(exitCode).as(block + "\n" + Files.readString(output)).isZero();
            assertThat(Files.readString(output)).as(block).isNotBlank();
        }
    }
}
