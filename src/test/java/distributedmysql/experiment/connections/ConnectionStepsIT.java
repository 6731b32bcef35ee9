package distributedmysql.experiment.connections;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.mysql.cj.MysqlConnection;
import distributedmysql.check.Verdict;
import distributedmysql.config.Settings;
import distributedmysql.load.ConnectionStep;
import distributedmysql.mysql.Node;
import distributedmysql.mysql.NotOurs;
import distributedmysql.report.ErrorCount;
import distributedmysql.topology.OwnServers;
import distributedmysql.topology.ReplicaSet;
import distributedmysql.topology.TestServers;
import distributedmysql.topology.TestSql;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@OwnServers(options = "--max-connections=" + ConnectionStepsIT.MAX)
class ConnectionStepsIT {
    static final int MAX = 151;
    private static final Duration DEADLINE = Duration.ofSeconds(60);
    private static final String DATABASE = "information_schema";

    private static ReplicaSet replicaSet;

    @BeforeAll
    static void start(ReplicaSet servers) {
        replicaSet = servers;
    }

    @Test
    void theLimitIsMetAtTheStepThatNoLongerFitsAndNoConnectionIsLeftOver() throws SQLException {
        Node primary = replicaSet.primary();
        List<Integer> steps = List.of(10, 100, 130, 160, 200);
        ConnectionStepsRun run = run(primary, steps, ConnectionStepsIT::select);

        run.run();

        ConnectionsSection.Limit limit = run.report().limit();
        assertThat(limit.maxConnections()).isEqualTo(MAX);
        int notFitting = steps.stream()
                .filter(step -> limit.connectedBefore() + step > MAX)
                .findFirst()
                .orElseThrow();
        assertThat(limit.limitMetAt()).isEqualTo(notFitting).isEqualTo(160);
        for (ConnectionStepReport step : run.report().steps()) {
            boolean fits = step.connections() < notFitting;
            assertThat(step.qps()).isPositive();
            assertThat(step.errors()).isEmpty();
            assertThat(step.connectErrors().stream().map(ErrorCount::code).toList())
                    .isEqualTo(fits ? List.of() : List.of(ConnectionSteps.TOO_MANY_CONNECTIONS));
            if (fits) {
                assertThat(step.opened()).isEqualTo(step.connections());
            } else {
                // A session or two of the step before may still be counted.
                long most = MAX - limit.connectedBefore();
                assertThat((long) step.opened()).isBetween(most - 2, most);
            }
        }
        assertThat(limit.recommendedConnections()).isIn(10, 100, 130);
        assertThat(run.check().verdict()).as("%s", run.check()).isEqualTo(Verdict.VALID);
        assertThat(run.after().verdict()).as("%s", run.after()).isEqualTo(Verdict.VALID);
        awaitConnected(primary, limit.connectedBefore());
    }

    /** The server counts a session a moment longer than it lists it. */
    private static void awaitConnected(Node node, long expected) {
        String connected = "SELECT VARIABLE_VALUE FROM performance_schema.global_status"
                + " WHERE VARIABLE_NAME = 'Threads_connected'";
        await().atMost(DEADLINE)
                .untilAsserted(() -> assertThat(TestSql.query(node, connected)).isEqualTo(Long.toString(expected)));
    }

    @Test
    @Tag("nightly")
    void aConnectionThatIsLeftOverIsFound() throws SQLException {
        AtomicLong leftOver = new AtomicLong();
        Node replica = replicaSet.replicas().get(0);
        ConnectionStepsRun run = run(replica, List.of(2), connection -> {
            long id = connection.unwrap(MysqlConnection.class).getId();
            if (leftOver.compareAndSet(0, id)) {
                leaveBusy(connection);
            }
            select(connection);
        });
        try {
            run.run();

            assertThat(run.after().verdict()).isEqualTo(Verdict.INVALID);
            assertThat(run.after().evidence()).startsWith("1 connection of the steps left over");
        } finally {
            TestSql.execute(replica, "KILL " + leftOver);
        }
    }

    /** The client gives up; the server does not notice before the statement, of some minutes, ends. */
    private static void leaveBusy(Connection connection) throws SQLException {
        connection.setNetworkTimeout(Runnable::run, 200);
        try (Statement statement = connection.createStatement()) {
            statement.execute("DO BENCHMARK(1000000000, MD5('left over'))");
        }
    }

    @Test
    void connectionsOfOthersThatComeMeanwhileAreNotLeftOver() throws SQLException {
        AtomicReference<Connection> other = new AtomicReference<>();
        Node replica = replicaSet.replicas().get(0);
        ConnectionStepsRun run = run(replica, List.of(1), connection -> {
            if (other.get() == null) {
                other.set(Node.connect(replica.address(), replica.load()));
            }
            select(connection);
        });
        try {
            run.run();

            assertThat(run.after().verdict()).isEqualTo(Verdict.VALID);
            assertThat(run.report().limit().connectedAfter())
                    .isGreaterThan(run.report().limit().connectedBefore());
        } finally {
            other.get().close();
        }
    }

    @Test
    void aStatementThatFailsIsAnotherError() throws SQLException {
        ConnectionStepsRun run = run(replicaSet.replicas().get(0), List.of(2), connection -> {
            throw new SQLException("no such column", "42S22", 1054);
        });

        run.run();

        assertThat(run.check().verdict()).isEqualTo(Verdict.INVALID);
        assertThat(run.report().steps().get(0).errors())
                .singleElement()
                .extracting(ErrorCount::code)
                .isEqualTo(1054);
        assertThat(run.after().evidence()).startsWith("the server does not answer");
        assertThat(run.report().limit().recommendedConnections()).isNull();
    }

    @Test
    void aServerThatIsNotOursIsNotTakenBeyondItsLimit() throws SQLException {
        Node notOurs = NotOurs.of(replicaSet.replicas().get(0));
        ConnectionStepsRun run = run(notOurs, List.of(5, 160), ConnectionStepsIT::select);

        run.run();

        assertThat(run.report().limit().skipped()).containsExactly(160);
        assertThat(run.report().steps())
                .extracting(ConnectionStepReport::connections)
                .containsExactly(5);
        assertThat(run.report().limit().limitMetAt()).isNull();
    }

    @Test
    void withoutARunNothingIsKnown() {
        ConnectionStepsRun run = run(replicaSet.primary(), List.of(5), ConnectionStepsIT::select);

        assertThat(run.check().verdict()).isEqualTo(Verdict.UNKNOWN);
        assertThat(run.after().verdict()).isEqualTo(Verdict.UNKNOWN);
        assertThat(run.report()).isNull();
    }

    private static ConnectionStepsRun run(Node node, List<Integer> steps, ConnectionStep.Request request) {
        Settings settings = TestServers.settings();
        ConnectionsSettings connections = new ConnectionsSettings(steps, Duration.ofMillis(200), Duration.ofSeconds(1));
        return new ConnectionStepsRun(node, DATABASE, settings.connection(), connections, request, System.out::println);
    }

    private static void select(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT 1")) {
            rows.next();
        }
    }
}
