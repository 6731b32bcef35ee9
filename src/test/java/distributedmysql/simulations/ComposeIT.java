package distributedmysql.simulations;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import distributedmysql.mysql.Mysql;
import distributedmysql.mysql.RunsWithCommonOptions;
import distributedmysql.topology.docker.ComposeProject;
import distributedmysql.topology.docker.TestDocker;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** docker/docker-compose.yml, by both generations of Compose. */
class ComposeIT {
    private static final List<String> CORRECTNESS = List.of(
            "lost writes",
            "impossible reads",
            "row checksums",
            "table checksums",
            "errant transactions",
            "failed requests");

    @RegisterExtension
    final Simulations simulations = new Simulations();

    @BeforeEach
    void assumeDocker() {
        TestDocker.assumeUsable();
    }

    @Tag("nightly")
    @ParameterizedTest
    @ValueSource(strings = {"docker compose", "docker-compose"})
    void thePairReplicatesCarriesARunWithoutFurtherSettingsAndLeavesNothing(String program) throws Exception {
        long volumes = TestDocker.volumes();
        ComposeProject pair = new ComposeProject(program);
        try (pair) {
            pair.up();
            assertReplicatesByGtid(pair);
            for (String service : List.of("primary", "replica")) {
                try (Mysql session = Mysql.open(pair.address(service), pair.root())) {
                    RunsWithCommonOptions.assertFor(session);
                }
            }
            assertHealthyMeansReplicating(pair);
            assertCarriesARun(pair);
            // The project's two containers, its network and its two volumes.
            assertThat(pair.left()).hasSize(5);
        }
        assertThat(pair.left()).isEmpty();
        assertThat(TestDocker.volumes()).isEqualTo(volumes);
    }

    private static void assertReplicatesByGtid(ComposeProject pair) throws SQLException {
        execute(pair, "primary", "CREATE DATABASE compose_it");
        execute(pair, "primary", "CREATE TABLE compose_it.t (id INT PRIMARY KEY)");
        execute(pair, "primary", "INSERT INTO compose_it.t VALUES (1), (2)");
        String executed = query(pair, "primary", "SELECT @@gtid_executed");
        assertThat(executed).startsWith(query(pair, "primary", "SELECT @@server_uuid"));
        assertThat(query(pair, "replica", "SELECT WAIT_FOR_EXECUTED_GTID_SET('" + executed + "', 30)"))
                .isEqualTo("0");
        // All that the replica has came from the primary.
        assertThat(query(pair, "replica", "SELECT @@gtid_executed")).isEqualTo(executed);
        assertThat(query(pair, "replica", "SELECT COUNT(*) FROM compose_it.t")).isEqualTo("2");
        assertThat(query(pair, "replica", "SELECT @@super_read_only")).isEqualTo("1");
        execute(pair, "primary", "DROP DATABASE compose_it");
    }

    private static void assertHealthyMeansReplicating(ComposeProject pair) throws SQLException {
        execute(pair, "replica", "STOP REPLICA SQL_THREAD");
        pair.awaitHealth("replica", "unhealthy");
        execute(pair, "replica", "START REPLICA SQL_THREAD");
        pair.awaitHealth("replica", "healthy");
        execute(pair, "replica", "STOP REPLICA IO_THREAD");
        pair.awaitHealth("replica", "unhealthy");
        execute(pair, "replica", "START REPLICA IO_THREAD");
        pair.awaitHealth("replica", "healthy");
    }

    private void assertCarriesARun(ComposeProject pair) throws Exception {
        PlayedRun ended = simulations.play(
                ConsistencySimulation.class,
                "topology=external",
                "external.primary=" + pair.address("primary"),
                "external.replicas=" + pair.address("replica"));
        JsonNode report = ended.report();
        assertThat(report.at("/topology/kind").asText()).isEqualTo("external");
        assertThat(report.at("/checks")).as(ended.output()).isNotEmpty().allSatisfy(ComposeIT::assertNotInvalid);
        assertThat(report.at("/checks"))
                .filteredOn(check -> CORRECTNESS.contains(check.at("/name").asText()))
                .hasSize(CORRECTNESS.size())
                .allSatisfy(check -> assertThat(check.at("/verdict").asText())
                        .as(check.toString())
                        .isEqualTo("VALID"));
        assertThat(ended.output()).contains("external: dropped the database");
    }

    /** Containers that have just started can be too slow for enough samples of a figure, which is not what is asked here. */
    private static void assertNotInvalid(JsonNode check) {
        assertThat(check.at("/verdict").asText()).as(check.toString()).isNotEqualTo("INVALID");
    }

    private static void execute(ComposeProject pair, String service, String sql) throws SQLException {
        try (Mysql session = Mysql.open(pair.address(service), pair.root())) {
            session.execute(sql);
        }
    }

    private static String query(ComposeProject pair, String service, String sql) throws SQLException {
        try (Mysql session = Mysql.open(pair.address(service), pair.root())) {
            return session.text(sql);
        }
    }
}
