package distributedmysql.simulations;

import static org.assertj.core.api.Assertions.assertThat;

import distributedmysql.topology.TestCache;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** How backups end that lose the server that they are of. */
class OperationsLostServerIT {
    private static final String[] SETTINGS = {
        "backup.strategies=clone",
        "backup.before=1s",
        "backup.during=8s",
        "backup.after=1s",
        "backup.ship-interval=2s",
        "backup.recoveries=1",
        "backup.rehearse-delete=false"
    };

    @RegisterExtension
    final Simulations simulations = new Simulations();

    @Test
    @Tag("nightly")
    @DisplayName("After the primary was killed, what is on the other server is read and judged all the same")
    void primaryKilled() throws Exception {
        try (SimulationProcess process = simulations.start(OperationsSimulation.class, settings())) {
            process.awaitLine(line -> line.contains("binary log shipped"), "a shipped binary log");
            TestCache.server(simulations.cache(), "node1").destroyForcibly();
            PlayedRun ended = process.end();

            assertThat(ended.exitCode()).as(ended.output()).isEqualTo(2);
            for (String name : List.of("lost acknowledged writes: backup", "failed writes absent: backup")) {
                assertThat(ended.check(name))
                        .startsWith("UNKNOWN")
                        .contains("node1 was not read in the end, so this is by what node2 has");
            }
            assertThat(ended.check("lost acknowledged writes: backup"))
                    .containsPattern("of \\d+ acknowledged writes lost \\d+");
            assertThat(ended.check("ledger on every node: backup")).contains("node2: ", "not read in the end: node1");
            // The witness followed the other server.
            assertThat(ended.check("restored tables: clone")).contains("at the position: ");
            // It is known at once that the primary has ended: nothing waits for it until the deadline.
            assertThat(ended.output()).doesNotContainPattern("waited \\d+ ms for");
            ended.assertNothingIsLeft();
        }
    }

    private String[] settings() {
        String[] all = Arrays.copyOf(SETTINGS, SETTINGS.length + 1);
        all[SETTINGS.length] =
                "backup.store.directory=" + simulations.directory().resolve("backups");
        return all;
    }
}
