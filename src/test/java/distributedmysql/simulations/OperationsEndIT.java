package distributedmysql.simulations;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Whoever interrupts backups keeps what was measured, and is told what was not done")
class OperationsEndIT {
    @RegisterExtension
    final Simulations simulations = new Simulations();

    private SimulationProcess start() throws Exception {
        return simulations.start(
                OperationsSimulation.class,
                "backup.strategies=clone",
                "backup.before=1s",
                "backup.during=6s",
                "backup.after=1s",
                "backup.ship-interval=1s",
                "backup.recoveries=3",
                "backup.store.directory=" + simulations.directory().resolve("backups"));
    }

    @Test
    @DisplayName("Under load: the backup, the binary logs so far, and the cost of the phases that have ended")
    void underLoad() throws Exception {
        try (SimulationProcess process = start()) {
            process.awaitLine(line -> line.contains("binary log shipped: "), "a binary log");
            process.interrupt();
            PlayedRun ended = process.end();

            JsonNode backup = assertInterrupted(
                    ended, "under load; restoring, recovering and comparing; reading what every server has");
            assertThat(PlayedRun.texts(backup.at("/cost"), "phase")).containsExactly("before", "clone");
            assertThat(backup.at("/segments/0/count").asInt()).isPositive();
            assertThat(backup.at("/stores/0/earlier").asInt()).isZero();
            assertThat(backup.at("/fulls/0/stored/storedBytes").asLong()).isPositive();
            assertThat(backup.at("/recoveries")).isEmpty();
        }
    }

    @Test
    @Tag("nightly")
    @DisplayName("While a backup is made: what came before it, and no error of the clone")
    void whileCloning() throws Exception {
        try (SimulationProcess process = start()) {
            process.awaitLine(line -> line.contains("begin of a full backup by clone"), "the backup");
            process.interrupt();
            PlayedRun ended = process.end();

            JsonNode backup = assertInterrupted(
                    ended, "under load; restoring, recovering and comparing; reading what every server has");
            assertThat(PlayedRun.texts(backup.at("/cost"), "phase")).containsExactly("before");
            assertThat(backup.at("/segments")).isEmpty();
        }
    }

    @ParameterizedTest
    @Tag("nightly")
    @ValueSource(strings = {"begin of the restore of ", "begin of the recovery to "})
    @DisplayName("While a server is restored or recovered: that it was ended with the run is not an error of it")
    void restoring(String step) throws Exception {
        try (SimulationProcess process = start()) {
            process.awaitLine(line -> line.contains(step), step);
            process.interrupt();
            PlayedRun ended = process.end();

            JsonNode backup =
                    assertInterrupted(ended, "restoring, recovering and comparing; reading what every server has");
            assertThat(PlayedRun.texts(backup.at("/cost"), "phase")).contains("before", "clone", "ship", "after");
            assertThat(backup.at("/fulls/0/stored/storedBytes").asLong()).isPositive();
        }
    }

    private JsonNode assertInterrupted(PlayedRun ended, String notDone) throws Exception {
        assertThat(ended.exitCode()).as(ended.output()).isNotZero();
        JsonNode backup = ended.report().at("/backup");
        assertThat(backup.at("/problem").asText())
                .as(ended.output())
                .isEqualTo("the run was interrupted; not done, or not to the end: " + notDone);
        assertThat(PlayedRun.texts(ended.report().at("/notRun"), "name"))
                .contains("stored backups", "restored ledger: clone", "restored tables: clone", "recovered ledger");
        assertThat(ended.output())
                .contains("went wrong: the run was interrupted")
                .doesNotContain(
                        "exit code 137",
                        "SIGKILL",
                        "unexpectedly",
                        "Communications link failure",
                        "\tat ",
                        "Exception",
                        "null");
        assertThat(ended.report().at("/verdict").asText()).isEqualTo("FAIL");
        ended.assertNothingIsLeft();
        return backup;
    }
}
