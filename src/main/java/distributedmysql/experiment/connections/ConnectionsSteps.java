package distributedmysql.experiment.connections;

import distributedmysql.config.Settings;
import distributedmysql.load.data.Share;
import distributedmysql.load.data.SqlOperation;
import distributedmysql.load.data.SqlStatement;
import distributedmysql.monitor.LoadTime;
import distributedmysql.mysql.TopologyException;
import distributedmysql.report.Section;
import distributedmysql.run.Check;
import distributedmysql.run.ExperimentRun;
import distributedmysql.run.Step;
import distributedmysql.run.TestRun;
import distributedmysql.run.Timing;
import distributedmysql.topology.Shards;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The steps of connections, one after the other. */
final class ConnectionsSteps implements ExperimentRun {
    private final TestRun run;
    private final SqlOperation read;
    private final ConnectionStepsRun steps;

    ConnectionsSteps(TestRun run) {
        this.run = run;
        this.read = run.statements().selectPlayer();
        Settings settings = run.settings();
        Iterator<Map<String, Object>> values = run.data().forOperation(read);
        Shards shards = run.shards();
        shards.sayFirstOnly("connections: the steps go", run::say);
        this.steps = new ConnectionStepsRun(
                run.replicaSet().primary(),
                settings.data().database(),
                settings.connection(),
                settings.of(ConnectionsSettings.class),
                connection -> send(connection, read.statement(), ofFirst(shards, values)),
                run::say);
    }

    /** What the server has: where there are several shards, not every player is there. */
    private Map<String, Object> ofFirst(Shards shards, Iterator<Map<String, Object>> values) {
        Map<String, Object> value = values.next();
        while (shards.map().shardOf((Long) value.get(read.shardKey())) != 0) {
            value = values.next();
        }
        return value;
    }

    private static void send(Connection connection, SqlStatement statement, Map<String, Object> data)
            throws SQLException {
        try (PreparedStatement prepared = connection.prepareStatement(statement.text())) {
            int parameter = 0;
            for (String name : statement.parameters()) {
                prepared.setObject(++parameter, data.get(name));
            }
            try (ResultSet rows = prepared.executeQuery()) {
                while (rows.next()) {
                    rows.getObject(1);
                }
            }
        }
    }

    @Override
    public List<Step> steps() {
        Step step = run.alone(
                "connection steps", run.settings().of(ConnectionsSettings.class).whole(), this::play);
        return run.ifPossible(List.of(new Share(read, 100)), List.of(step), checks());
    }

    private void play() {
        // The server's limit is for the steps and for what the load before them has left open.
        run.servers().pools().closeIdle();
        try {
            steps.run();
        } catch (SQLException e) {
            throw TopologyException.of("connection steps", e);
        }
    }

    private List<Check> checks() {
        return List.of(
                new Check(ConnectionSteps.NAME, ConnectionSteps.MEANING, steps::check)
                        .ofFigures(() -> whileStepping(Timing.SOME)),
                new Check(ConnectionSteps.AFTER, ConnectionSteps.AFTER_MEANING, steps::after)
                        .ofFigures(() -> whileStepping(Timing.HALF)));
    }

    private List<Timing> whileStepping(double share) {
        LoadTime time = steps.time();
        return time == null ? List.of() : List.of(new Timing(ConnectionSteps.NAME, time, share));
    }

    @Override
    public Optional<Section> section(Set<String> busy) {
        return Optional.ofNullable(steps.report());
    }

    /** A step ends when the run does, and closes its connections. */
    @Override
    public void close() {}
}
