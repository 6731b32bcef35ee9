package distributedmysql.simulations;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import distributedmysql.report.ReportSchema;
import distributedmysql.simulations.SimulationProcess.Ended;
import distributedmysql.topology.TestCache;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Any experiment can start the ledger, and is judged by it. */
class LedgerToySimulationIT {
    @TempDir
    private Path cache;

    @TempDir
    private Path results;

    @BeforeEach
    void share() throws IOException {
        TestCache.share(cache);
    }

    @AfterEach
    void removeLinks() throws IOException {
        TestCache.removeLinks(cache);
    }

    @Test
    void theDocumentationHasIt() throws IOException {
        String page = Files.readString(Path.of("docs/adding-an-experiment.md"));
        String source =
                Files.readString(Path.of("src/test/java/distributedmysql/simulations/LedgerToySimulation.java"));
        String shown = page.substring(page.indexOf("```java\nprivate ") + "```java\n".length());
        // Of an empty line, indent makes one of blanks.
        assertThat(source)
                .contains(shown.substring(0, shown.indexOf("```")).indent(8).replaceAll("(?m)^ +$", ""));
    }

    @Test
    void everyWriteIsThere() throws Exception {
        Ended ended = run("ledger-toy.deleted=0");

        assertThat(ended.exitCode()).as(ended.output()).isZero();
        assertThat(check(ended, "lost acknowledged writes: toy")).isEqualTo("VALID");
        assertThat(check(ended, "failed writes absent: toy")).isEqualTo("VALID");
        assertThat(check(ended, "ledger on every node: toy")).isEqualTo("VALID");
        JsonNode ledger = ended.report().at("/ledgerToy/ledger");
        assertThat(ledger.at("/writes/acknowledged").asInt()).isEqualTo(200);
        assertThat(ledger.at("/nodes"))
                .hasSize(2)
                .allMatch(node -> node.at("/rows").asInt() == 200);
        ReportSchema.validate(ended.reportFile(), List.of(new LedgerToySimulation.LedgerToy()));
    }

    @Test
    @DisplayName("Exactly the writes whose rows somebody has deleted are lost")
    void lostByNumber() throws Exception {
        Ended ended = run("ledger-toy.deleted=3");

        assertThat(ended.exitCode()).as(ended.output()).isNotZero();
        assertThat(check(ended, "lost acknowledged writes: toy")).isEqualTo("INVALID");
        assertThat(check(ended, "failed writes absent: toy")).isEqualTo("VALID");
        assertThat(check(ended, "ledger on every node: toy")).isEqualTo("VALID");
        assertThat(ended.report().at("/ledgerToy/ledger/writes/lost").toString())
                .isEqualTo("{\"count\":3,\"ranges\":\"1-3\"}");
        assertThat(ended.output())
                .contains("lost acknowledged writes: toy: more are lost than may be; of 200 acknowledged writes lost 3"
                        + " (1-3);");
    }

    private static String check(Ended ended, String name) {
        for (JsonNode check : ended.report().at("/checks")) {
            if (check.at("/name").asText().equals(name)) {
                return check.at("/verdict").asText();
            }
        }
        return "not made";
    }

    private Ended run(String... settings) throws Exception {
        try (SimulationProcess process =
                SimulationProcess.start(LedgerToySimulation.class, cache, results, "", settings)) {
            return process.end();
        }
    }
}
