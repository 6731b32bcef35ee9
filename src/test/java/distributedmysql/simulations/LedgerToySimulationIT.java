package distributedmysql.simulations;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import distributedmysql.report.ReportSchema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Any experiment can start the ledger, and is judged by it. */
class LedgerToySimulationIT {
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
    @SimulationRun(simulation = LedgerToySimulation.class, settings = "ledger-toy.deleted=0")
    void everyWriteIsThere(PlayedRun ended) {
        assertThat(ended.exitCode()).as(ended.output()).isZero();
        assertThat(ended.check("lost acknowledged writes: toy")).startsWith("VALID");
        assertThat(ended.check("failed writes absent: toy")).startsWith("VALID");
        assertThat(ended.check("ledger on every node: toy")).startsWith("VALID");
        JsonNode ledger = ended.report().at("/ledgerToy/ledger");
        assertThat(ledger.at("/writes/acknowledged").asInt()).isEqualTo(200);
        assertThat(ledger.at("/nodes"))
                .hasSize(2)
                .allMatch(node -> node.at("/rows").asInt() == 200);
        ReportSchema.validate(ended.reportFile(), List.of(new LedgerToySimulation.LedgerToy()));
    }

    @Test
    @DisplayName("Exactly the writes whose rows somebody has deleted are lost")
    @SimulationRun(simulation = LedgerToySimulation.class, settings = "ledger-toy.deleted=3")
    void lostByNumber(PlayedRun ended) {
        assertThat(ended.exitCode()).as(ended.output()).isNotZero();
        assertThat(ended.check("lost acknowledged writes: toy")).startsWith("INVALID");
        assertThat(ended.check("failed writes absent: toy")).startsWith("VALID");
        assertThat(ended.check("ledger on every node: toy")).startsWith("VALID");
        assertThat(ended.report().at("/ledgerToy/ledger/writes/lost").toString())
                .isEqualTo("{\"count\":3,\"ranges\":\"1-3\"}");
        assertThat(ended.output())
                .contains("lost acknowledged writes: toy: more are lost than may be; of 200 acknowledged writes lost 3"
                        + " (1-3);");
    }
}
