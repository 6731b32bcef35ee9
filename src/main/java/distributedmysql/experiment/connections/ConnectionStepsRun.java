package distributedmysql.experiment.connections;

import distributedmysql.check.CheckResult;
import distributedmysql.check.Doubt;
import distributedmysql.config.ConnectionSettings;
import distributedmysql.config.Plural;
import distributedmysql.load.ConnectionStep;
import distributedmysql.load.StepMeasurement;
import distributedmysql.monitor.LoadTime;
import distributedmysql.mysql.Mysql;
import distributedmysql.mysql.Node;
import distributedmysql.topology.Await;
import distributedmysql.topology.Ending;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Loads one server with rising numbers of connections, beyond its {@code max_connections} where it is ours, and looks
 * whether it is as before afterwards. {@link #run} is called once; before it has ended there are no results, for any
 * thread.
 */
public final class ConnectionStepsRun {
    private static final Duration CLOSED_DEADLINE = Duration.ofSeconds(30);
    private static final Duration ALIVE = Duration.ofMillis(200);

    private final Node node;
    private final String database;
    private final ConnectionSettings connection;
    private final ConnectionsSettings settings;
    private final ConnectionStep.Request request;
    private final Consumer<String> progress;
    private final Set<Long> sessions = new HashSet<>();
    private volatile Results results;
    private volatile LoadTime time;

    private record Results(
            ConnectionSteps.Limit limit,
            List<ConnectionStepReport> steps,
            List<Integer> skipped,
            ConnectionSteps.After after) {
        List<ConnectionSteps.Step> measured() {
            return steps.stream().map(ConnectionStepReport::step).toList();
        }
    }

    public ConnectionStepsRun(
            Node node,
            String database,
            ConnectionSettings connection,
            ConnectionsSettings settings,
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
    public void run() throws SQLException {
        Ending.refuse("connection steps");
        long begin = System.nanoTime();
        // Of an account that the server has one more connection for (MySQL manual, "Connection Management").
        try (Mysql admin = Mysql.openForSampling(node)) {
            ConnectionSteps.Limit limit =
                    new ConnectionSteps.Limit(number(admin, "VARIABLES", "max_connections"), connected(admin));
            List<ConnectionStepReport> steps = new ArrayList<>();
            List<Integer> skipped = new ArrayList<>();
            for (int connections : settings.steps()) {
                if (!node.isOurs() && limit.used() + connections > limit.max()) {
                    progress.accept("connection steps: " + connections + " are left out: " + node
                            + " is not ours to exhaust, and has no more than " + limit.max());
                    skipped.add(connections);
                    continue;
                }
                steps.add(ConnectionStepReport.of(step(connections, settings.warmUp(), settings.steady())));
                awaitEnd(admin);
            }
            StepMeasurement alive = step(1, Duration.ZERO, ALIVE);
            boolean answered =
                    alive.latency().getTotalCount() > 0 && alive.failures().isEmpty();
            int leftOver = awaitEnd(admin);
            results =
                    new Results(limit, steps, skipped, new ConnectionSteps.After(connected(admin), leftOver, answered));
        } finally {
            time = new LoadTime(begin, System.nanoTime());
        }
    }

    private StepMeasurement step(int connections, Duration warmUp, Duration steady) {
        Ending.refuse("the step of " + Plural.of(connections, "connection"));
        ConnectionStep step = new ConnectionStep(node, database, connection, connections, request);
        StepMeasurement measured = step.run(warmUp, steady);
        sessions.addAll(step.sessions());
        return measured;
    }

    /**
     * How many sessions of the steps the server still has. Not the change of its {@code Threads_connected}: others come
     * and go, this run's own pools among them.
     */
    private int awaitEnd(Mysql admin) throws SQLException {
        // Each sends one request when it is closed.
        Duration deadline = CLOSED_DEADLINE.plusNanos(node.cap().nanosFor(sessions.size()));
        Await.of(node + ": the end of the step's sessions", deadline).reached(() -> {
            retainLiving(admin);
            return sessions.isEmpty();
        });
        return sessions.size();
    }

    /** Without PROCESS it lists the sessions of the user's own account (MySQL manual, "SHOW PROCESSLIST Statement"). */
    private void retainLiving(Mysql admin) throws SQLException {
        sessions.retainAll(Set.copyOf(admin.rows("SHOW PROCESSLIST", row -> row.getLong(1))));
    }

    private static long connected(Mysql admin) throws SQLException {
        return number(admin, "STATUS", "Threads_connected");
    }

    private static long number(Mysql admin, String kind, String name) throws SQLException {
        return admin.rows("SHOW GLOBAL " + kind + " LIKE '" + name + "'", row -> row.getLong(2))
                .get(0);
    }

    /** Null before they have ended. */
    LoadTime time() {
        return time;
    }

    CheckResult check() {
        Results known = results;
        return known == null
                ? CheckResult.unknown(ConnectionSteps.NAME, Doubt.NOT_PLAYED, "the steps were not run")
                : ConnectionSteps.check(known.measured(), known.limit);
    }

    CheckResult after() {
        Results known = results;
        return known == null
                ? CheckResult.unknown(ConnectionSteps.AFTER, Doubt.NOT_PLAYED, "the steps were not run")
                : ConnectionSteps.after(known.limit, known.after);
    }

    /** Null if the steps were not run. */
    ConnectionsSection report() {
        Results known = results;
        if (known == null) {
            return null;
        }
        ConnectionSteps.Recommendation recommendation = ConnectionSteps.recommend(known.measured());
        ConnectionsSection.Limit limit = new ConnectionsSection.Limit(
                node.name(),
                known.limit.max(),
                known.limit.used(),
                known.after.connected(),
                ConnectionSteps.limitMet(known.measured())
                        .map(ConnectionSteps.Step::connections)
                        .orElse(null),
                recommendation.connections(),
                recommendation.reason(),
                known.skipped);
        return new ConnectionsSection(limit, known.steps);
    }
}
