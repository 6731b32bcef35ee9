package distributedmysql.simulations;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import distributedmysql.report.ReportSchema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** An experiment that nothing but its own class knows. */
@SimulationRun(simulation = ToySimulation.class, settings = "debug=sql,replication,topology")
class ToySimulationIT {
    @RegisterExtension
    final Simulations simulations = new Simulations();

    @Test
    void theDocumentationHasIt() throws IOException {
        assertThat(Files.readString(Path.of("docs/adding-an-experiment.md")))
                .contains("```java\n"
                        + Files.readString(Path.of("src/test/java/distributedmysql/simulations/ToySimulation.java"))
                        + "```\n");
    }

    @Test
    @DisplayName(
            "It has its steps, its check, its section of the JSON summary with a schema, and its line of the console")
    void plays(PlayedRun ended) {
        JsonNode report = ended.report();
        assertThat(ended.exitCode()).as(ended.output()).isZero();
        assertThat(report.at("/checks/0/name").asText()).isEqualTo("toy reads");
        assertThat(report.at("/stages/0/name").asText()).isEqualTo("toy");
        assertThat(report.at("/toyReads/reads").asLong())
                .isPositive()
                .isEqualTo(report.at("/stages/0/requests").asLong());
        ReportSchema.validate(ended.reportFile(), List.of(new ToySimulation.Toy()));
        assertThat(ended.output()).contains("Toy: read " + report.at("/toyReads/reads") + " rows");
    }

    @Test
    @DisplayName(
            "Its section of the settings is its own: read, refused, and within the ceilings of other people's servers")
    void settings() throws Exception {
        assertThat(run("toy-reads.rat=5").output())
                .contains("error: command line: unknown key toy-reads.rat; did you mean toy-reads.rate?");
        assertThat(run("toy-reads.rate=0").output())
                .contains("error: command line: toy-reads.rate = 0: must be a whole number from 1 to 10000");
        assertThat(run("topology=external", "toy-reads.rate=6000").output())
                .contains("error: command line: toy-reads.rate = 6000: toy-reads.rate asks for up to 6000 requests per"
                        + " second, at most external.max-rate = 5000 is allowed");

        JsonNode report = run("toy-reads.rate=20").report();
        assertThat(report.at("/run/settings/toy-reads.rate").asText()).isEqualTo("20");
        assertThat(report.at("/run/settings/toy-reads.duration").asText()).isEqualTo("2s");
        assertThat(report.at("/stages/0/targetQps").asInt()).isEqualTo(20);
    }

    @Tag("nightly")
    @Test
    @DisplayName("-Dexperiments plays others instead, and names all that there are where one is not")
    void others() throws Exception {
        PlayedRun refused = run("experiments=toyreads");
        assertThat(refused.exitCode()).isNotZero();
        assertThat(refused.output())
                .contains("error: command line: experiments = toyreads: there is no experiment \"toyreads\"; there are"
                        + " performance, consistency, soak, connections, failover, toy-reads");

        JsonNode report = run("experiments=connections", "connections.steps=2").report();
        assertThat(report.has("toyReads")).isFalse();
        assertThat(report.at("/connections/steps/0/connections").asInt()).isEqualTo(2);
        assertThat(report.at("/stages")).isEmpty();
    }

    @Test
    @DisplayName("-Ddebug writes what is done on the servers into a file beside the report, without passwords")
    void debug(PlayedRun ended) throws IOException {
        Path file = ended.theOne("debug_.*\\.log");
        assertThat(ended.output()).contains("debug: what is done on the servers is in ");
        assertThat(Files.readString(file))
                .contains("started: ", "gtid_executed", ": reached (", ", because the run ends")
                .doesNotContainPattern("(?i)(identified by|password\\s*=)\\s*'[^*]");
    }

    private PlayedRun run(String... settings) throws Exception {
        return simulations.play(ToySimulation.class, settings);
    }
}
