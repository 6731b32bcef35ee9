package distributedmysql.simulations;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Backups under load, as a user plays them; and with what somebody has tampered with. */
class OperationsSimulationIT {
    /** As little as there may be. */
    private static final List<String> SHORT = List.of(
            "backup.strategies=clone",
            "backup.before=1s",
            "backup.during=5s",
            "backup.after=1s",
            "backup.ship-interval=1s",
            "backup.recoveries=1",
            "backup.rehearse-delete=false");

    @RegisterExtension
    final Simulations simulations = new Simulations();

    @Test
    @DisplayName("Full backups by clone and dump are restored, recovered, compared and judged")
    void everything() throws Exception {
        PlayedRun run =
                simulations.play(OperationsSimulation.class, "backup.during=15s", "backup.store.directory=" + store());

        run.assertValidUnlessSlow();
        assertThat(run.verdicts())
                .containsKeys(
                        "stored backups",
                        "restored ledger: clone",
                        "restored tables: clone",
                        "restored ledger: dump",
                        "restored tables: dump",
                        "recovered ledger",
                        "recovered tables",
                        "undone delete",
                        "lost acknowledged writes: backup",
                        "failed writes absent: backup",
                        "ledger on every node: backup");
        JsonNode backup = run.report().at("/backup");
        assertThat(backup.at("/fulls")).hasSize(2).allSatisfy(full -> {
            assertThat(full.at("/restored/ledger/within").asLong()).isPositive();
            assertThat(full.at("/restored/ledger/outside").asLong()).isPositive();
            assertThat(full.at("/restored/tables")).isNotEmpty();
            assertThat(full.at("/restored/followed").isMissingNode()).isTrue();
        });
        assertThat(PlayedRun.texts(backup.at("/cost"), "phase"))
                .containsExactly("before", "clone", "dump", "ship", "after");
        assertThat(backup.at("/recoveries")).hasSize(1);
        assertThat(backup.at("/recoveries/0/restored/tables")).isNotEmpty();
        assertThat(backup.at("/recoveries/0/restored/followed").isMissingNode()).isTrue();
        assertThat(backup.at("/rehearsals/0/recovered").asLong())
                .isPositive()
                .isEqualTo(backup.at("/rehearsals/0/rows").asLong());
        assertThat(backup.at("/rehearsals/0/writtenAfterwards/count").asLong()).isEqualTo(11);
        assertThat(backup.at("/rehearsals/0/conflicts/count").asLong()).isEqualTo(1);
        assertThat(run.output()).contains("Backups under load:", "DELETE without WHERE");
    }

    @Test
    @DisplayName("A row that is missing on the restored server is lost, by number")
    void rowMissing() throws Exception {
        PlayedRun run = play("ROW_MISSING");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.check("restored ledger: clone"))
                .startsWith("INVALID clone of node1: lost, although acknowledged by then: 1 (1);");
        assertThat(run.check("restored tables: clone"))
                .startsWith("INVALID clone of node1: at the position: distributed_mysql_test.ledger on ")
                .contains("1 missing", "missing 1 on the replica");
        assertThat(run.check("recovered ledger"))
                .startsWith("INVALID ")
                .contains(": lost, although acknowledged by then: 1 (1);");
        assertThat(run.check("recovered tables"))
                .startsWith("INVALID ")
                .contains("distributed_mysql_test.ledger on ", "1 missing", "missing 1 on the replica");
        assertThat(run.output())
                .contains(", but not verified: numbered writes INVALID: lost")
                .doesNotContain("and verified in");
        assertThat(run.check("stored backups")).startsWith("VALID");
        assertThat(run.check("lost acknowledged writes: backup")).startsWith("VALID");
    }

    @Test
    @Tag("nightly")
    @DisplayName("A write on the restored server that was acknowledged after the position is too much, by number")
    void rowTooMuch() throws Exception {
        PlayedRun run = play("ROW_TOO_MUCH");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.check("restored ledger: clone"))
                .matches("(?s)INVALID clone of node1: acknowledged only later, and there: 1 \\(\\d+\\);.*");
        assertThat(run.check("restored tables: clone"))
                .startsWith("INVALID ")
                .contains(".ledger on ", "1 extra; first: extra ");
        assertThat(run.check("recovered tables"))
                .startsWith("INVALID ")
                .contains(".ledger on ", "1 extra; first: extra ");
        assertThat(run.check("stored backups")).startsWith("VALID");
    }

    @Test
    @Tag("nightly")
    @DisplayName(
            "A row that is another one on the restored server is named, although the load has written it again since")
    void rowChanged() throws Exception {
        PlayedRun run = play("ROW_CHANGED");

        assertThat(run.exitCode()).isEqualTo(2);
        for (String check : List.of("restored tables: clone", "recovered tables")) {
            assertThat(run.check(check))
                    .startsWith("INVALID ")
                    .contains(
                            "at the position: distributed_mysql_test.heartbeat on ",
                            "1 row differing",
                            "; first: differing ")
                    .contains("(beat = ", "on the replica)");
        }
        assertThat(run.check("restored ledger: clone")).startsWith("VALID");
        assertThat(run.check("recovered ledger")).startsWith("VALID");
        assertThat(run.output()).contains(", but not verified: tables INVALID: at the position: ");
        // Whoever restores it later knows.
        try (Stream<Path> files = Files.walk(store())) {
            assertThat(files.filter(file -> file.endsWith("judgement.json")))
                    .isNotEmpty()
                    .allSatisfy(file -> assertThat(file).content().contains("\"proven\":false", "heartbeat"));
        }
    }

    @Test
    @Tag("nightly")
    @DisplayName(
            "Where nothing holds what the source held at the position, tables are compared later, and the evidence says so")
    void comparedLater() throws Exception {
        PlayedRun run = play("LOGS_PURGED");

        run.assertValidUnlessSlow();
        for (String check : List.of("restored tables: clone", "recovered tables")) {
            assertThat(run.check(check))
                    .contains(
                            "compared after following the source to ",
                            "; rows written since the position are compared in their later state",
                            "purged");
        }
        assertThat(run.report().at("/backup/fulls/0/restored/followed/because").asText())
                .contains("purged");
    }

    @Test
    @Tag("nightly")
    @DisplayName("A stored object of which one bit is another one is named, and nothing is restored from it")
    void bitFlipped() throws Exception {
        PlayedRun run = play("BIT_FLIPPED");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.check("stored backups")).startsWith("INVALID " + store()).contains("/data.tar: ");
        assertThat(run.check("restored ledger: clone")).startsWith("UNKNOWN").contains("/data.tar: ");
        assertThat(run.check("recovered tables")).startsWith("UNKNOWN").contains("/data.tar: ");
    }

    private PlayedRun play(String tampered) throws Exception {
        List<String> settings = new ArrayList<>(SHORT);
        settings.add("backup.store.directory=" + store());
        settings.add("tampered=" + tampered);
        return simulations.play(TamperedOperationsSimulation.class, settings.toArray(String[]::new));
    }

    private Path store() {
        return simulations.directory().resolve("backups");
    }
}
