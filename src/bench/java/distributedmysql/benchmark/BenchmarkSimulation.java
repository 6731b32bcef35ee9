package distributedmysql.benchmark;

import static io.gatling.javaapi.core.CoreDsl.asLongAs;
import static io.gatling.javaapi.core.CoreDsl.feed;
import static io.gatling.javaapi.core.CoreDsl.scenario;
import static org.galaxio.gatling.javaapi.JdbcDsl.DB;

import com.zaxxer.hikari.HikariConfig;
import distributedmysql.config.ConnectionSettings;
import distributedmysql.config.HostPort;
import distributedmysql.config.PerformanceSettings.Phases;
import distributedmysql.config.Settings;
import distributedmysql.connection.ConnectionFeeder;
import distributedmysql.connection.ConnectionPools;
import distributedmysql.connection.NodePool;
import distributedmysql.gatling.Injection;
import distributedmysql.gatling.internal.ClusterProtocol;
import distributedmysql.gatling.internal.PluginFailures;
import distributedmysql.report.Stage;
import distributedmysql.report.StagePlan;
import distributedmysql.report.StageRecorder;
import distributedmysql.report.StageRecorders;
import distributedmysql.topology.Cluster;
import distributedmysql.topology.Credentials;
import distributedmysql.topology.Node;
import distributedmysql.topology.ServerVersion;
import io.gatling.javaapi.core.ChainBuilder;
import io.gatling.javaapi.core.PopulationBuilder;
import io.gatling.javaapi.core.ProtocolBuilder;
import io.gatling.javaapi.core.Simulation;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** One measurement of one of the two engines, with the parts that the performance stages are made of. */
public final class BenchmarkSimulation extends Simulation {
    private static final String NAME = "benchmark";

    private final GatlingPlan plan = GatlingPlan.ofThisProcess();
    private final LoadPlan load = plan.load();
    private final Node node = node(plan);
    private final ConnectionSettings settings =
            Settings.load(Path.of(""), System.getProperties()).connection();
    private final StageRecorder recorder = new StageRecorder(stage(), this::begins);
    private volatile long endNanos = Long.MAX_VALUE;

    public BenchmarkSimulation() {
        StageRecorders recorders = new StageRecorders();
        recorders.add(recorder, List.of(NAME));
        ProtocolBuilder ours = new ClusterProtocol(recorders);
        if (plan.engine() == GeneratorKind.ROUTED) {
            Cluster cluster = new Cluster("external", node, List.of(), () -> {});
            ConnectionPools pools = new ConnectionPools(cluster, plan.database(), settings);
            setUp(routed(new ConnectionFeeder(cluster, pools))).protocols(ours);
        } else {
            setUp(plugin()).protocols(ours);
        }
    }

    private static Node node(GatlingPlan plan) {
        Credentials credentials = new Credentials(plan.user(), System.getenv(GatlingPlan.PASSWORD));
        return new Node(
                "node1",
                new HostPort(plan.host(), plan.port()),
                ServerVersion.parse(plan.serverVersion()),
                "",
                credentials,
                credentials,
                Optional.empty());
    }

    private StagePlan stage() {
        String engine = plan.engine().label();
        Duration steady = Duration.ofSeconds(load.steadySeconds());
        Duration warmUp = Duration.ofSeconds(load.warmUpSeconds());
        Duration ramp = warmUp.dividedBy(2);
        return load.rate().isPresent()
                ? StagePlan.open(NAME, engine, load.rate().getAsInt(), new Phases(warmUp.minus(ramp), ramp, steady))
                : StagePlan.closed(NAME, engine, load.connections(), new Phases(warmUp, Duration.ZERO, steady));
    }

    private void begins() {
        endNanos = System.nanoTime() + Duration.ofSeconds(load.wholeSeconds()).toNanos();
        System.out.println(GatlingPlan.BEGIN_LINE);
        System.out.flush();
    }

    private boolean isOver() {
        return System.nanoTime() >= endNanos;
    }

    private PopulationBuilder routed(ConnectionFeeder connections) {
        ChainBuilder request =
                feed(SbtestRequests.values(load.workload(), load.rows())).exec(SbtestRequests.request(load.workload()));
        return load.rate().isPresent()
                ? scenario(NAME)
                        .exec(feed(connections), request)
                        .injectOpen(Injection.open(
                                load.rate().getAsInt(), recorder.plan().phases()))
                : scenario(NAME)
                        .exec(feed(connections), asLongAs(session -> !isOver()).on(request))
                        .injectClosed(Injection.closed(
                                load.connections(), recorder.plan().phases()));
    }

    private PopulationBuilder plugin() {
        PluginFailures failures = new PluginFailures();
        HikariConfig pool = NodePool.hikariConfig(node, plan.database(), settings);
        pool.setExceptionOverride(failures);
        ChainBuilder request = feed(SbtestRequests.values(load.workload(), load.rows()))
                .exec(PluginRequests.request(load.workload(), node, failures));
        return scenario(NAME)
                .exec(asLongAs(session -> !isOver()).on(request))
                .injectClosed(
                        Injection.closed(load.connections(), recorder.plan().phases()))
                .protocols(DB().hikariConfig(pool));
    }

    @Override
    public void after() {
        Stage measured = recorder.measured().orElseThrow();
        plan.write(new ToolReport(measured.achievedQps(), measured.failed(), Latencies.of(measured.latencyMicros())));
    }
}
