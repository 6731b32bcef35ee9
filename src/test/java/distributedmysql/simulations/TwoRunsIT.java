package distributedmysql.simulations;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import distributedmysql.mysql.Node;
import distributedmysql.topology.ReplicaSet;
import distributedmysql.topology.TestServers;
import distributedmysql.topology.TestSql;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@DisplayName("Runs on one pair of servers that the framework has not started")
class TwoRunsIT {
    private static final String DATABASE = "two_runs";
    private static final String LOCK = "distributed_mysql_test:" + DATABASE;

    private final ReplicaSet replicaSet = TestServers.shared();

    @RegisterExtension
    final Simulations simulations = new Simulations();

    @AfterEach
    void drop() throws SQLException {
        TestSql.execute(replicaSet.primary(), "DROP DATABASE IF EXISTS " + DATABASE);
    }

    @Tag("nightly")
    @Test
    @DisplayName("One that begins while another runs is refused with who that is; the other passes; a killed one keeps"
            + " nobody away")
    void overlap() throws Exception {
        try (SimulationProcess killed = start()) {
            killed.awaitLine(line -> line.contains("data: "), "the loading of the data");
        }
        // SIGKILL leaves database and data, and no lock.
        try (SimulationProcess first = start()) {
            first.awaitLine(line -> line.contains("on every replica"), "the end of the loading");
            // However slowly the second one starts on a busy machine, the first is still there.
            first.pause();
            try (SimulationProcess second = start()) {
                PlayedRun refused = second.end();

                assertThat(refused.exitCode()).as(refused.output()).isNotZero();
                assertThat(refused.output())
                        .contains("error: " + name(replicaSet.primary()) + ": another run uses the database " + DATABASE
                                + ": OneStageSimulation, profile quick, process " + first.pid() + " on ")
                        .containsPattern(", since 20\\d\\d-\\d\\d-\\d\\dT[\\d:]+Z \\(connection \\d+ of ")
                        .doesNotContain("data: ", "dropped", "\tat ");
                assertThat(refused.hasReports()).isFalse();
            } finally {
                first.goOn();
            }
            assertPasses(first.end());
        }
    }

    @Test
    @DisplayName("One that loses the lock to another ends, says UNKNOWN, and leaves the other's data")
    void lost() throws Exception {
        try (SimulationProcess run = start();
                Connection other = replicaSet.primary().connect();
                Statement statement = other.createStatement()) {
            run.awaitLine(line -> line.contains("] reads"), "the begin of the load");
            // However slowly this goes on on a busy machine, the load is not over before.
            run.pause();
            statement.execute("SET @distributed_mysql_test_run = 'the other run'");
            CompletableFuture<Boolean> waiting = CompletableFuture.supplyAsync(() -> takeLock(statement));
            Awaitility.await()
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> !TestSql.query(
                                    replicaSet.primary(),
                                    "SELECT COUNT(*) FROM performance_schema.threads WHERE PROCESSLIST_STATE = 'User lock'")
                            .equals("0"));
            TestSql.execute(
                    replicaSet.primary(),
                    "KILL " + TestSql.query(replicaSet.primary(), "SELECT IS_USED_LOCK('" + LOCK + "')"));
            waiting.get();
            run.goOn();
            PlayedRun ended = run.end();

            assertThat(ended.exitCode()).as(ended.output()).isEqualTo(2);
            JsonNode report = ended.report();
            assertThat(report.at("/verdict").asText()).isEqualTo("FAIL");
            String checks = StreamSupport.stream(report.at("/checks").spliterator(), false)
                    .map(JsonNode::toString)
                    .collect(Collectors.joining("\n"));
            assertThat(checks)
                    .contains(
                            "\"one run at a time\"", "\"UNKNOWN\"", "another run took it: the other run (connection ");
            assertThat(ended.output()).doesNotContain("dropped the database");
            assertThat(TestSql.query(
                            replicaSet.primary(),
                            "SELECT COUNT(*) FROM information_schema.TABLES WHERE TABLE_SCHEMA = '" + DATABASE + "'"))
                    .isNotEqualTo("0");
        }
    }

    private static boolean takeLock(Statement statement) {
        try {
            return statement.execute("SELECT GET_LOCK('" + LOCK + "', 120)");
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    private static void assertPasses(PlayedRun ended) {
        ended.assertValidUnlessSlow();
        assertThat(ended.output()).contains("external: dropped the database ");
    }

    /** As the run names it. */
    private static String name(Node node) {
        return "node1 (" + node.address() + ")";
    }

    private SimulationProcess start() throws IOException {
        return simulations.startOn(replicaSet, OneStageSimulation.class, "data.database=" + DATABASE);
    }
}
