package distributedmysql.simulations;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import distributedmysql.mysql.Node;
import distributedmysql.topology.ReplicaSet;
import distributedmysql.topology.Replication;
import distributedmysql.topology.TestSql;
import distributedmysql.topology.external.Operator;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;

/** Runs that kill a primary of somebody's, by a user who has the privileges of external.conf and no other. */
final class FewPrivileges {
    static final Duration DEADLINE = Duration.ofSeconds(60);
    static final String DATABASE = "external_failover";
    static final String PASSWORD = "few-privileges-5e1b";

    private FewPrivileges() {}

    /** Makes the user. */
    static Operator operator(ReplicaSet servers, Simulations simulations, boolean rejoins) throws Exception {
        TestSql.execute(
                servers.primary(),
                "CREATE USER IF NOT EXISTS few IDENTIFIED BY '" + PASSWORD + "'",
                "GRANT REPLICATION CLIENT ON *.* TO few",
                "GRANT SELECT ON performance_schema.* TO few",
                "GRANT SELECT, INSERT, UPDATE, DELETE, CREATE, DROP ON `external\\_failover`.* TO few");
        Replication.awaitConvergence(servers, DEADLINE);
        return new Operator(servers, simulations.directory(), rejoins);
    }

    static PlayedRun play(Simulations simulations, Operator operator, String... more) throws Exception {
        try (SimulationProcess process = start(simulations, operator, more)) {
            return process.end();
        }
    }

    static SimulationProcess start(Simulations simulations, Operator operator, String... more) throws IOException {
        return start(false, simulations, operator, more);
    }

    static SimulationProcess startInGroup(Simulations simulations, Operator operator, String... more)
            throws IOException {
        return start(true, simulations, operator, more);
    }

    private static SimulationProcess start(boolean inGroup, Simulations simulations, Operator operator, String... more)
            throws IOException {
        List<String> settings = new ArrayList<>(operator.settings());
        settings.addAll(List.of(
                "external.user=few",
                "data.database=" + DATABASE,
                "failover.before=2s",
                "failover.after=8s",
                "failover.deadline=30s"));
        settings.addAll(List.of(more));
        return SimulationProcess.start(
                inGroup,
                FailoverOnlySimulation.class,
                simulations.cache(),
                simulations.newResults(),
                PASSWORD,
                settings.toArray(String[]::new));
    }

    static JsonNode theRound(JsonNode report) {
        assertThat(report.at("/failover/modes")).hasSize(1);
        assertThat(report.at("/failover/modes/0/rounds")).hasSize(1);
        return report.at("/failover/modes/0/rounds/0");
    }

    static void assertDropped(List<Node> nodes) throws Exception {
        for (Node node : nodes) {
            await(() -> databases(node).equals("0"), node + ": the database is there");
        }
    }

    static String databases(Node node) throws SQLException {
        return TestSql.query(
                node, "SELECT COUNT(*) FROM information_schema.SCHEMATA WHERE SCHEMA_NAME = '" + DATABASE + "'");
    }

    interface Condition {
        boolean holds() throws SQLException;
    }

    static void await(Condition condition, String otherwise) {
        Awaitility.await()
                .atMost(DEADLINE)
                .untilAsserted(() -> assertThat(condition.holds()).as(otherwise).isTrue());
    }
}
