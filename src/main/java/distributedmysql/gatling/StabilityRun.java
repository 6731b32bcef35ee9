package distributedmysql.gatling;

import distributedmysql.check.ConnectionSteps;
import distributedmysql.config.Settings;
import distributedmysql.connection.ConnectionPools;
import distributedmysql.fault.Nemesis;
import distributedmysql.monitor.LoadTime;
import distributedmysql.report.IntervalRecorder;
import distributedmysql.report.Stability;
import distributedmysql.report.Stage;
import distributedmysql.report.StageRecorder;
import distributedmysql.topology.Cluster;
import distributedmysql.topology.TopologyException;
import distributedmysql.workload.GameFeeder;
import distributedmysql.workload.SqlOperation;
import distributedmysql.workload.SqlStatement;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;

/** The stability part of a run: a soak with its samplers, steps of connections, and failovers. */
public final class StabilityRun implements AutoCloseable {
    private final SoakRun soak;
    private final ConnectionStepsRun steps;
    private final FailoverRun failover;
    private final ConnectionPools pools;
    private volatile StageRecorder recorder;

    /**
     * @param read what the users of the connection steps send
     * @param data the variables of it
     * @param further faults of each failover, besides the kill
     */
    StabilityRun(
            RunServers servers,
            Settings settings,
            SqlOperation read,
            GameFeeder data,
            Function<Cluster, List<Nemesis.Planned>> further,
            Consumer<String> progress) {
        Cluster cluster = servers.cluster();
        this.pools = servers.pools();
        this.failover = new FailoverRun(servers, settings, further, progress);
        this.soak = new SoakRun(
                cluster.nodes(), settings.stability(), settings.performance().maxErrorPercent());
        Iterator<Map<String, Object>> values = data.forOperation(read);
        this.steps = new ConnectionStepsRun(
                cluster.primary(),
                settings.data().database(),
                settings.connection(),
                settings.stability().connections(),
                connection -> send(connection, read.statement(), values.next()),
                progress);
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

    /** What the soak's stage is to be recorded with. */
    public IntervalRecorder intervals() {
        return soak.intervals();
    }

    /** Starts to sample. */
    public void beginSoak() {
        soak.begin();
    }

    /** Ends the sampling and judges what was read while the load ran. Only after {@link #soakChecks}. */
    public void endSoak() {
        // Without a first request there was no load.
        soak.end(
                recorder.loadTime().orElse(new LoadTime(0, 0)),
                recorder.measured().map(Stage::limitedByCap).orElse(null));
    }

    /** The checks of the soak; to be made after {@link #endSoak}. */
    public List<Check> soakChecks(StageRecorder recorder) {
        this.recorder = recorder;
        return soak.checks(recorder);
    }

    /** Runs the steps of connections to the primary, one after the other. */
    public void runConnectionSteps() {
        // The server's limit is for the steps and for what the load before them has left open.
        pools.closeIdle();
        try {
            steps.run();
        } catch (SQLException e) {
            throw TopologyException.of("connection steps", e);
        }
    }

    /** The checks of the steps; to be made after them. */
    public List<Check> connectionChecks() {
        return List.of(
                new Check(ConnectionSteps.NAME, steps::check).ofFigures(() -> whileStepping(Timing.SOME)),
                new Check(ConnectionSteps.AFTER, steps::after).ofFigures(() -> whileStepping(Timing.HALF)));
    }

    private List<Timing> whileStepping(double share) {
        LoadTime time = steps.time();
        return time == null ? List.of() : List.of(new Timing(ConnectionSteps.NAME, time, share));
    }

    /** What comes last, for it changes the roles of the servers. */
    public FailoverRun failover() {
        return failover;
    }

    /** The part of the JSON summary: what has run to its end; null if nothing has. */
    Stability report() {
        String stage = recorder == null ? "" : recorder.plan().name();
        Stability stability = new Stability(
                soak.report(stage), soak.leaks(), steps.steps(), steps.limit(), failover.reports(), failover.faults());
        return stability.isEmpty() ? null : stability;
    }

    /** Ends the sampling and heals what is broken. Does nothing the second time. */
    @Override
    public void close() {
        soak.close();
        failover.close();
    }
}
