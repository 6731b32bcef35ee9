package distributedmysql.gatling;

import distributedmysql.check.CheckResult;
import distributedmysql.check.ConnectionSteps;
import distributedmysql.config.ConnectionSettings;
import distributedmysql.config.StabilitySettings;
import distributedmysql.connection.ConnectionStep;
import distributedmysql.connection.StepMeasurement;
import distributedmysql.report.ConnectionStepReport;
import distributedmysql.report.Stability;
import distributedmysql.topology.Node;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * Loads one server with rising numbers of connections, beyond its {@code max_connections} where it is ours, and looks
 * whether it is as before afterwards. Used by one thread; its results may be read by others when {@link #run} is over.
 */
final class ConnectionStepsRun {
    private static final Duration CLOSED_DEADLINE = Duration.ofSeconds(10);
    private static final Duration ALIVE = Duration.ofMillis(200);
    private static final long POLL_NANOS = 20_000_000;

    private final Node node;
    private final String database;
    private final ConnectionSettings connection;
    private final StabilitySettings.Connections settings;
    private final ConnectionStep.Request request;
    private final Consumer<String> progress;
    private final List<ConnectionStepReport> steps = new ArrayList<>();
    private final List<Integer> skipped = new ArrayList<>();
    private ConnectionSteps.Limit limit;
    private Optional<Long> connectedAfter = Optional.empty();
    private boolean answered;

    ConnectionStepsRun(
            Node node,
            String database,
            ConnectionSettings connection,
            StabilitySettings.Connections settings,
            ConnectionStep.Request request,
            Consumer<String> progress) {
        this.node = node;
        this.database = database;
        this.connection = connection;
        this.settings = settings;
        this.request = request;
        this.progress = progress;
    }

    /**
     * Runs all steps, and waits after each until the server has closed its connections.
     *
     * @throws SQLException if the server cannot be asked how many connections it has
     */
    synchronized void run() throws SQLException {
        // Of an account that the server has one more connection for (MySQL manual, "Connection Management").
        try (Connection admin = node.connect();
                Statement statement = admin.createStatement()) {
            limit = new ConnectionSteps.Limit(number(statement, "VARIABLES", "max_connections"), connected(statement));
            for (int connections : settings.steps()) {
                if (node.control().isEmpty() && limit.used() + connections > limit.max()) {
                    progress.accept("connection steps: " + connections + " are left out: " + node
                            + " is not ours to exhaust, and has no more than " + limit.max());
                    skipped.add(connections);
                    continue;
                }
                steps.add(ConnectionStepReport.of(step(connections).run(settings.warmUp(), settings.steady())));
                awaitClosed(statement);
            }
            StepMeasurement alive = step(1).run(Duration.ZERO, ALIVE);
            answered = alive.latency().getTotalCount() > 0 && alive.failures().isEmpty();
            connectedAfter = Optional.of(awaitClosed(statement));
        }
    }

    private ConnectionStep step(int connections) {
        return new ConnectionStep(node, database, connection, connections, request);
    }

    private long awaitClosed(Statement statement) throws SQLException {
        long deadline = System.nanoTime() + CLOSED_DEADLINE.toNanos();
        long connected = connected(statement);
        while (connected > limit.used() && System.nanoTime() < deadline) {
            LockSupport.parkNanos(POLL_NANOS);
            connected = connected(statement);
        }
        return connected;
    }

    private static long connected(Statement statement) throws SQLException {
        return number(statement, "STATUS", "Threads_connected");
    }

    private static long number(Statement statement, String kind, String name) throws SQLException {
        try (ResultSet rows = statement.executeQuery("SHOW GLOBAL " + kind + " LIKE '" + name + "'")) {
            rows.next();
            return rows.getLong(2);
        }
    }

    synchronized CheckResult check() {
        return limit == null
                ? CheckResult.unknown(ConnectionSteps.NAME, "the steps were not run")
                : ConnectionSteps.check(measured(), limit);
    }

    synchronized CheckResult after() {
        return limit == null
                ? CheckResult.unknown(ConnectionSteps.AFTER, "the steps were not run")
                : ConnectionSteps.after(limit, connectedAfter, answered);
    }

    synchronized List<ConnectionStepReport> steps() {
        return limit == null ? null : List.copyOf(steps);
    }

    synchronized Stability.ConnectionLimit limit() {
        if (limit == null) {
            return null;
        }
        ConnectionSteps.Recommendation recommendation = ConnectionSteps.recommend(measured());
        return new Stability.ConnectionLimit(
                node.name(),
                limit.max(),
                limit.used(),
                connectedAfter.orElse(null),
                ConnectionSteps.limitMet(measured())
                        .map(ConnectionSteps.Step::connections)
                        .orElse(null),
                recommendation.connections(),
                recommendation.reason(),
                List.copyOf(skipped));
    }

    private List<ConnectionSteps.Step> measured() {
        return steps.stream().map(ConnectionStepReport::step).toList();
    }
}
