package distributedmysql.benchmark;

import static io.gatling.javaapi.core.CoreDsl.asLongAs;
import static io.gatling.javaapi.core.CoreDsl.constantConcurrentUsers;
import static io.gatling.javaapi.core.CoreDsl.constantUsersPerSec;
import static io.gatling.javaapi.core.CoreDsl.feed;
import static io.gatling.javaapi.core.CoreDsl.rampUsersPerSec;
import static io.gatling.javaapi.core.CoreDsl.scenario;
import static org.galaxio.gatling.javaapi.JdbcDsl.DB;

import com.zaxxer.hikari.HikariConfig;
import distributedmysql.config.ConnectionSettings;
import distributedmysql.config.HostPort;
import distributedmysql.config.Phases;
import distributedmysql.config.PlannedTime;
import distributedmysql.config.Settings;
import distributedmysql.experiment.Experiments;
import distributedmysql.experiment.performance.PerformanceSettings;
import distributedmysql.gatling.Arrivals;
import distributedmysql.gatling.Injection;
import distributedmysql.gatling.JvmWarmUp;
import distributedmysql.gatling.RoutedUser;
import distributedmysql.gatling.internal.ClusterProtocol;
import distributedmysql.gatling.internal.PluginFailures;
import distributedmysql.load.ConnectionFeeder;
import distributedmysql.load.ConnectionPools;
import distributedmysql.load.NodePool;
import distributedmysql.load.record.StagePlan;
import distributedmysql.load.record.StageRecorder;
import distributedmysql.load.record.StageRecorders;
import distributedmysql.mysql.Credentials;
import distributedmysql.mysql.Node;
import distributedmysql.mysql.ServerVersion;
import distributedmysql.report.Stage;
import distributedmysql.topology.ReplicaSet;
import io.gatling.javaapi.core.ChainBuilder;
import io.gatling.javaapi.core.ClosedInjectionStep;
import io.gatling.javaapi.core.PopulationBuilder;
import io.gatling.javaapi.core.ProtocolBuilder;
import io.gatling.javaapi.core.Simulation;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** One measurement of one of the two engines, with the parts that the performance stages are made of. */
public final class BenchmarkSimulation extends Simulation {
    private static final String NAME = "benchmark";

    private final GatlingPlan plan = GatlingPlan.ofThisProcess();
    private final LoadPlan load = plan.load();
    private final Node node = node(plan);
    private final Settings profile =
            Settings.load(Path.of(""), System.getProperties(), new Experiments().experiments(), Set.of());
    private final ConnectionSettings settings = settings();
    private final StageRecorder recorder = new StageRecorder(stage(), this::begins);
    private volatile long endNanos = Long.MAX_VALUE;

    public BenchmarkSimulation() {
        StageRecorders recorders = new StageRecorders();
        recorders.add(recorder, List.of(NAME));
        ProtocolBuilder ours = new ClusterProtocol(recorders);
        if (plan.engine() == GeneratorKind.ROUTED) {
            ReplicaSet replicaSet = new ReplicaSet(node, List.of());
            ConnectionPools pools = new ConnectionPools(replicaSet, plan.database(), settings);
            // As sysbench does, and as our stages do.
            pools.of(node).open(load.connections());
            setUp(routed(new ConnectionFeeder(replicaSet, pools))).protocols(ours);
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

    /** As many connections as the other generators have; in the closed model, users are what limits them. */
    private ConnectionSettings settings() {
        ConnectionSettings ours = profile.connection();
        return load.targetRate() == null
                ? ours
                : new ConnectionSettings(
                        load.connections(),
                        ours.poolTimeout(),
                        ours.connectTimeout(),
                        ours.socketTimeout(),
                        ours.statementTimeout(),
                        ours.serverPreparedStatements(),
                        ours.sslMode(),
                        ours.caFile(),
                        ours.trustStorePasswordEnv());
    }

    private StagePlan stage() {
        String engine = plan.engine().label();
        Duration steady = Duration.ofSeconds(load.steadySeconds());
        Duration warmUp = Duration.ofSeconds(load.warmUpSeconds());
        Phases phases = new Phases(warmUp, Duration.ZERO, steady);
        return load.targetRate() == null
                ? StagePlan.closed(NAME, engine, load.connections(), phases)
                : StagePlan.open(NAME, engine, load.targetRate(), phases);
    }

    private void begins() {
        if (load.targetRate() == null || load.connections() <= JvmWarmUp.MOST_USERS) {
            JvmWarmUp.during(jvmWarmUp());
        }
        endNanos = System.nanoTime() + Duration.ofSeconds(load.wholeSeconds()).toNanos();
        System.out.println(GatlingPlan.BEGIN_LINE);
        System.out.flush();
    }

    private boolean isOver() {
        return System.nanoTime() >= endNanos;
    }

    private PopulationBuilder routed(ConnectionFeeder connections) {
        RoutedUser user = new RoutedUser(connections, settings.poolSize());
        ChainBuilder request = RoutedUser.fed(SbtestRequests.values(load.workload(), load.rows()))
                .exec(SbtestRequests.request(load.workload()));
        return load.targetRate() == null
                ? scenario(NAME)
                        .doIfOrElse(session -> session.userId() <= first())
                        .then(user.closed(first(), this::isOver, request))
                        .orElse(user.closed(load.connections() - first(), this::isOver, request))
                        .injectClosed(closed())
                : open(user, request);
    }

    /** As before our stages, a few users are alone at first: the compiler gets no processor beside hundreds. */
    private int first() {
        return Math.min(JvmWarmUp.MOST_USERS, load.connections());
    }

    /** Part of the load's own warm-up. */
    private Duration jvmWarmUp() {
        Duration half = Duration.ofSeconds(load.warmUpSeconds()).dividedBy(2);
        Duration configured = profile.of(PerformanceSettings.class).jvmWarmUp();
        return configured.compareTo(half) < 0 ? configured : half;
    }

    private ClosedInjectionStep[] closed() {
        Phases phases = recorder.plan().phases();
        int all = load.connections();
        Duration alone = jvmWarmUp();
        // Gatling (3.15.1) injects by the second.
        if (first() == all || alone.toSeconds() == 0) {
            return new ClosedInjectionStep[] {Injection.closed(all, phases)};
        }
        Phases rest = new Phases(phases.warmUp().minus(alone), Duration.ZERO, phases.steady());
        return new ClosedInjectionStep[] {constantConcurrentUsers(first()).during(alone), Injection.closed(all, rest)};
    }

    /** At random times, as sysbench's requests arrive ({@code sb_rand_exp} in its {@code eventgen_thread_proc}). */
    private PopulationBuilder open(RoutedUser user, ChainBuilder request) {
        Arrivals arrivals = Arrivals.random(load.targetRate());
        Duration ramp = recorder.plan().phases().warmUp().dividedBy(2);
        Duration rest = Duration.ofSeconds(load.wholeSeconds()).minus(ramp).plus(PlannedTime.MARGIN);
        return scenario(NAME)
                .exec(user.open(arrivals, request))
                .injectOpen(
                        rampUsersPerSec(arrivals.users() / 10)
                                .to(arrivals.users())
                                .during(ramp),
                        constantUsersPerSec(arrivals.users()).during(rest));
    }

    private PopulationBuilder plugin() {
        PluginFailures failures = new PluginFailures();
        HikariConfig pool = NodePool.hikariConfig(
                node, plan.database(), settings, node.cap().waits());
        pool.setExceptionOverride(failures);
        ChainBuilder request = feed(SbtestRequests.values(load.workload(), load.rows()))
                .exec(PluginRequests.request(
                        load.workload(),
                        node,
                        new PluginFailures.OfPool(failures, node.cap().waits(), load.connections())));
        return scenario(NAME)
                .exec(asLongAs(session -> !isOver()).on(request))
                .injectClosed(closed())
                .protocols(DB().hikariConfig(pool));
    }

    @Override
    public void after() {
        Stage measured = recorder.measured().map(Stage::of).orElseThrow();
        plan.write(new ToolReport(measured.achievedQps(), measured.failed(), Latencies.of(measured.latencyMicros())));
    }
}
