package distributedmysql.simulations;

import static org.assertj.core.api.Assertions.assertThat;

import distributedmysql.topology.ReplicaSet;
import distributedmysql.topology.TestServers;
import distributedmysql.topology.TestSql;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("After Ctrl-C nothing new begins, however long the JVM takes to end")
class NothingBeginsAfterInterruptIT {
    private static final String DATABASE = "interrupted_it";

    private final ReplicaSet replicaSet = TestServers.shared();

    @RegisterExtension
    final Simulations simulations = new Simulations();

    @AfterEach
    void drop() throws SQLException {
        TestSql.execute(replicaSet.primary(), "DROP DATABASE IF EXISTS " + DATABASE);
    }

    /** The load of each lasts a second or two: without a word to it, the next step would begin while the JVM lingers. */
    @ParameterizedTest(name = "in {0}: not {1}")
    @CsvSource(delimiter = '|', textBlock = """
                    ] select 50/s:      | ] mixed 50/s
                    ] consistency, load | comparing the tables
                    ] soak 50/s:        | connection steps
                    """)
    @Tag("nightly")
    void inAStep(String during, String next) throws Exception {
        Path killed = simulations.directory().resolve("killed");
        try (SimulationProcess process = start(killed)) {
            process.awaitLine(line -> line.contains(during), during);
            process.interrupt();
            PlayedRun ended = process.end();

            assertThat(ended.exitCode()).as(ended.output()).isNotZero();
            String after = ended.output().substring(ended.output().indexOf("the run is ending: nothing new begins"));
            assertThat(after).doesNotContain(next, "; the run ends at about", "failover async");
            assertThat(ended.report().at("/run/completed").asBoolean()).isFalse();
        }
        assertThat(tables()).contains("players").doesNotContain("ledger");
        assertThat(killed).doesNotExist();
    }

    @Test
    @DisplayName("While the data is loaded: no step, and no data is left")
    void whileLoading() throws Exception {
        try (SimulationProcess process =
                start(simulations.directory().resolve("killed"), "external.keep-data=false", "data.scale=3")) {
            process.awaitLine(line -> line.contains("data: "), "the loading of the data");
            process.interrupt();
            PlayedRun ended = process.end();

            assertThat(ended.exitCode()).as(ended.output()).isNotZero();
            assertThat(ended.output()).doesNotContain("on every replica", "; the run ends at about", "\tat ");
            assertThat(tables()).isEmpty();
        }
    }

    private List<String> tables() throws SQLException {
        String all = TestSql.query(
                replicaSet.primary(),
                "SELECT GROUP_CONCAT(TABLE_NAME) FROM information_schema.TABLES WHERE TABLE_SCHEMA = '" + DATABASE
                        + "'");
        return all == null ? List.of() : List.of(all.split(","));
    }

    private SimulationProcess start(Path killed, String... more) throws Exception {
        List<String> settings = new ArrayList<>(List.of(
                "external.keep-data=true",
                "external.allow-faults=true",
                "external.hooks.kill=touch " + killed,
                "external.hooks.start=true",
                "data.database=" + DATABASE,
                "performance.jvm-warm-up=0s",
                "performance.max-throughput.concurrency=1",
                "external.max-rate=20000",
                "consistency.duration=2s",
                "consistency.visibility.rounds=5",
                "soak.rate=50",
                "soak.warm-up=0s",
                "soak.duration=2s",
                "connections.steps=2",
                "failover.rounds=1"));
        Stream.of(more).forEach(settings::add);
        return simulations.startOn(replicaSet, SlowlyEndingSimulation.class, settings.toArray(String[]::new));
    }
}
