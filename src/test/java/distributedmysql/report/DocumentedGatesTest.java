package distributedmysql.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import distributedmysql.documents.Documents;
import distributedmysql.documents.Documents.Block;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("The commands that ask a report, and those that gate a build, as they stand in the documents")
class DocumentedGatesTest {
    private static final Path PAGE = Path.of("docs/report.md");

    @TempDir
    private Path directory;

    @BeforeEach
    void jqIsThere() throws Exception {
        assumeTrue(new ProcessBuilder("sh", "-c", "command -v jq").start().waitFor() == 0, "no jq on this machine");
    }

    static Stream<Block> gates() {
        return Documents.blocks().stream().filter(block -> block.first().startsWith("jq "));
    }

    @ParameterizedTest
    @MethodSource("gates")
    void saysYesOrNoOfAWholeReport(Block gate) throws Exception {
        Ended ended = run(gate, Reports.full());
        assertThat(ended.errors).as(gate.toString()).isEmpty();
        assertThat(ended.exitCode).as(gate.toString()).isIn(0, 1);
    }

    /** Nothing was left out of a run that was interrupted; every other gate is closed for it. */
    @ParameterizedTest
    @MethodSource("closed")
    void saysNoWhereNothingWasMeasured(Block gate) throws Exception {
        Ended ended = run(gate, Reports.interrupted());
        assertThat(ended.errors).as(gate.toString()).isEmpty();
        assertThat(ended.exitCode).as(gate.toString()).isEqualTo(gate.first().contains(".notRun == []") ? 0 : 1);
    }

    static Stream<Block> closed() {
        return gates().filter(
                        block -> block.file().equals(PAGE) && block.first().startsWith("jq -e"));
    }

    private record Ended(int exitCode, String errors) {}

    private Ended run(Block gate, RunReport report) throws IOException, InterruptedException {
        Path results = Files.createDirectories(directory.resolve("results"));
        Path json = ReportWriter.write(report, results);
        Files.copy(json, directory.resolve("kept.json"));
        String choose = Documents.blocks(PAGE).stream()
                .map(Block::first)
                .filter(line -> line.startsWith("report="))
                .findFirst()
                .orElseThrow();
        Path errors = directory.resolve("errors");
        int exitCode = new ProcessBuilder("bash", "-ec", choose + "\n" + String.join("\n", gate.lines()))
                .directory(directory.toFile())
                .redirectOutput(directory.resolve("output").toFile())
                .redirectError(errors.toFile())
                .start()
                .waitFor();
        return new Ended(exitCode, Files.readString(errors, StandardCharsets.UTF_8));
    }
}
