package distributedmysql.gatling;

import static org.assertj.core.api.Assertions.assertThat;

import distributedmysql.config.Settings;
import distributedmysql.load.ConnectionFeeder;
import distributedmysql.load.ConnectionPools;
import distributedmysql.load.data.MarkedDatabase;
import distributedmysql.report.Stage;
import distributedmysql.topology.ReplicaSet;
import distributedmysql.topology.Replication;
import distributedmysql.topology.TestServers;
import io.gatling.app.Gatling$;
import io.gatling.javaapi.core.Session;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The SQL action inside a real Gatling run against real servers; {@link SqlActionSimulation} has the cases. */
class SqlActionIT {
    private static ReplicaSet replicaSet;
    private static String database;

    @BeforeAll
    static void runSimulation() throws SQLException {
        Settings settings = TestServers.settings();
        replicaSet = TestServers.shared();
        database = settings.data().database();
        new MarkedDatabase(replicaSet, database).prepare();
        onPrimary(
                "DROP TABLE IF EXISTS t",
                "CREATE TABLE t (id INT PRIMARY KEY, v INT NOT NULL)",
                "INSERT INTO t VALUES (1, 100), (30, 1)");
        Replication.awaitConvergence(replicaSet, Duration.ofSeconds(30));
        try (Connection holder = replicaSet.primary().connect();
                Statement lock = holder.createStatement();
                ConnectionPools pools = new ConnectionPools(replicaSet, database, settings.connection());
                ConnectionPools one =
                        new ConnectionPools(replicaSet, database, TestServers.connection(1, Duration.ofMillis(300)))) {
            SqlActionSimulation.connections = new ConnectionFeeder(replicaSet, pools);
            SqlActionSimulation.oneConnection = new ConnectionFeeder(replicaSet, one);
            holder.setAutoCommit(false);
            lock.executeQuery("SELECT v FROM " + database + ".t WHERE id = 30 FOR UPDATE");
            String[] arguments = {"-s", SqlActionSimulation.class.getName(), "-rf", "target/gatling-it", "-nr"};
            assertThat(Gatling$.MODULE$.fromArgs(arguments)).isZero();
        }
    }

    @Test
    void everyUserReachesTheEndOfItsScenario() {
        assertThat(SqlActionSimulation.ended.keySet())
                .containsExactlyInAnyOrderElementsOf(SqlActionSimulation.recorded.keySet());
    }

    @Test
    void checksSeeRowsAndSaveThemToTheSession() {
        Session session = succeeded("rows");
        assertThat(session.getString("b")).isEqualTo("x");
        List<Map<String, Object>> all = session.getList("all");
        assertThat(all).extracting(row -> row.get("b")).containsExactly("x", "y");
        assertThat(all.get(0)).containsOnlyKeys("first_column", "b");
    }

    @Test
    void expressionsAreResolvedInParametersAndInChecks() {
        succeeded("expression");
    }

    @Test
    void bracesReachTheServerAsTheyAreWritten() {
        succeeded("braces");
    }

    @Test
    void anAttributeThatIsMissingFailsTheRequest() {
        assertThat(SqlActionSimulation.ended.get("missing attribute").isFailed())
                .isTrue();
    }

    @Test
    void oneReplicaSetIsEveryShard() {
        succeeded("every shard");
    }

    @Test
    void anUpdateChangesThePrimary() throws SQLException {
        succeeded("update");
        assertThat(numbers("SELECT v FROM t WHERE id = 1")).containsExactly(105);
    }

    @Test
    void aTransactionCommitsAllOfItsStatements() throws SQLException {
        succeeded("transaction");
        assertThat(numbers("SELECT id FROM t WHERE id IN (10, 11)")).containsExactly(10, 11);
    }

    @Test
    void aTransactionThatFailsChangesNothing() throws SQLException {
        assertThat(failed("rolled back")).isEqualTo("23000/1062");
        assertThat(numbers("SELECT id FROM t WHERE id = 20")).isEmpty();
    }

    @Test
    void aConnectionIsInAutoCommitAgainAfterARollback() throws SQLException {
        succeeded("after a rollback");
        assertThat(numbers("SELECT id FROM t WHERE id = 21")).containsExactly(21);
    }

    @Test
    void aStatementThatTakesTooLongIsEnded() {
        assertThat(failed("timeout")).isEqualTo("TIMEOUT/1317");
        assertThat(failed("timeout of a long select")).isEqualTo("TIMEOUT/1317");
        assertThat(failed("timeout of a sort")).isEqualTo("TIMEOUT/1317");
        assertThat(failed("timeout of a lock")).isEqualTo("TIMEOUT/1317");
    }

    @Test
    @DisplayName("MySQL reports a SLEEP that it was told to end as a success; the request has failed all the same")
    void aStatementThatTakesTooLongHasFailedWhateverTheServerSays() throws SQLException {
        assertThat(failed("timeout of a sleep")).isEqualTo("TIMEOUT/0");
        assertThat(failed("timeout in a transaction")).isEqualTo("TIMEOUT/0");
        assertThat(numbers("SELECT id FROM t WHERE id = 40")).isEmpty();
    }

    @Test
    void errorsAreCountedBySqlStateAndCode() {
        assertThat(failed("syntax error")).isEqualTo("42000/1064");
        assertThat(failed("write on a replica")).isEqualTo("HY000/1290");
    }

    @Test
    void aResultThatACheckDoesNotExpectFailsTheRequest() {
        assertThat(failed("failed check")).isEqualTo("CHECK/0");
        assertThat(failed("no such column")).isEqualTo("CHECK/0");
        assertThat(failed("check that throws")).isEqualTo("CHECK/0");
    }

    @Test
    void aUserWithoutARouteFails() {
        assertThat(SqlActionSimulation.ended.get("no route").isFailed()).isTrue();
    }

    @Test
    void waitingTooLongForAConnectionIsAnErrorOfItsOwn() {
        assertThat(errors("pool timeout")).containsExactly("POOL/0");
    }

    private static Session succeeded(String name) {
        assertThat(errors(name)).isEmpty();
        Session session = SqlActionSimulation.ended.get(name);
        assertThat(session.isFailed()).as(name + " failed").isFalse();
        return session;
    }

    private static String failed(String name) {
        assertThat(SqlActionSimulation.ended.get(name).isFailed())
                .as(name + " failed")
                .isTrue();
        assertThat(errors(name)).hasSize(1);
        return errors(name).get(0);
    }

    private static List<String> errors(String name) {
        return SqlActionSimulation.recorded.get(name).measured().map(Stage::of).orElseThrow().errors().stream()
                .map(error -> error.sqlState() + "/" + error.code())
                .toList();
    }

    private static void onPrimary(String... statements) throws SQLException {
        try (Connection connection = replicaSet.primary().connect();
                Statement statement = connection.createStatement()) {
            statement.execute("USE " + database);
            for (String text : statements) {
                statement.execute(text);
            }
        }
    }

    private static List<Integer> numbers(String query) throws SQLException {
        List<Integer> numbers = new ArrayList<>();
        try (Connection connection = replicaSet.primary().connect();
                Statement statement = connection.createStatement()) {
            statement.execute("USE " + database);
            try (ResultSet rows = statement.executeQuery(query + " ORDER BY 1")) {
                while (rows.next()) {
                    numbers.add(rows.getInt(1));
                }
            }
        }
        return numbers;
    }
}
