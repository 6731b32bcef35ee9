package distributedmysql.report;

import distributedmysql.check.CheckResult;
import distributedmysql.config.ChangedSetting;
import distributedmysql.experiment.connections.ConnectionStepReport;
import distributedmysql.experiment.connections.ConnectionsSection;
import distributedmysql.experiment.failover.Failover;
import distributedmysql.experiment.failover.FailoverSection;
import distributedmysql.experiment.groupconsistency.GroupConsistencyReports;
import distributedmysql.experiment.performance.CurvePoint;
import distributedmysql.experiment.performance.MaxThroughput;
import distributedmysql.experiment.performance.Performance;
import distributedmysql.experiment.quorumloss.QuorumLossReports;
import distributedmysql.experiment.sharding.ShardingReports;
import distributedmysql.experiment.soak.Drift;
import distributedmysql.experiment.soak.Leak;
import distributedmysql.experiment.soak.SoakSection;
import distributedmysql.experiment.writeconflicts.WriteConflictsReports;
import distributedmysql.history.ErrantGtids;
import distributedmysql.history.Event;
import distributedmysql.history.Quantity;
import distributedmysql.history.TimeSeries;
import distributedmysql.load.record.StagePlan.Model;
import distributedmysql.monitor.ServerMemory.Resident;
import distributedmysql.report.Stage.ByRole;
import distributedmysql.report.Stage.MissingShard;
import distributedmysql.report.Stage.RequestStats;
import distributedmysql.report.TopologyReport.NodeReport;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.HdrHistogram.Histogram;

/** Hand-written reports for the tests of this package. */
public final class Reports {
    public static final Instant START = Instant.parse("2026-03-04T05:06:07.250Z");

    private Reports() {}

    /** Every key that there can be. */
    public static RunReport full() {
        return RunReport.of(
                        run(true),
                        topology().with(started()).withShards(shards()),
                        List.of(CheckResult.valid("target rate", "all")),
                        List.of(new NotRun("failover async: lost writes", "not ours")))
                .with(stages(), sections())
                .behind(EndpointsReportTest.promoted())
                .on(MachineReports.full())
                .during(List.of(new Event(
                        1_500, Instant.parse("2026-03-04T05:06:08.500Z"), Event.Kind.PROMOTION, "node2", "promoted")))
                .at("results/g/index.html");
    }

    /** Interrupted before the first stage: as few keys as possible. */
    static RunReport interrupted() {
        Run run = run(false);
        ToolVersions tools = new ToolVersions("0.1.0", null, null, null, "17", "Linux");
        Run bare = new Run(
                START, START, 0, run.profile(), run.simulation(), tools, null, Map.of(), run.config(), "interrupted");
        return RunReport.of(bare, topology(), List.of(), List.of());
    }

    static RunReport of(List<CheckResult> checks, List<Stage> stages, MaxThroughput max) {
        Map<String, Section> sections = max == null ? Map.of() : Map.of("performance", Performance.of(max));
        return of(checks, true).with(stages, sections);
    }

    static RunReport of(List<CheckResult> checks, boolean completed) {
        return RunReport.of(run(completed), topology(), checks, List.of());
    }

    static Run run(boolean completed) {
        return new Run(
                START,
                START.plusMillis(90_500),
                90.5,
                "quick",
                "distributedmysql.simulations.PerformanceSimulation",
                new ToolVersions("0.1.0", "3.15.1", "26.10.0", "7.1.0", "Vendor 17.0.1", "Linux 6.1 amd64"),
                "0123456789abcdef0123456789abcdef01234567",
                Map.of("topology", "embedded", "data.scale", 0.25, "performance.select.rates", List.of(200)),
                new Run.RunConfig(
                        List.of("quick"),
                        List.of(new ChangedSetting("data.scale", 0.25, "simulations-config/quick.conf: 3")),
                        List.of()),
                completed ? null : "interrupted");
    }

    static LatencySummary latency(long... micros) {
        Histogram histogram = new Histogram(3);
        for (long value : micros) {
            histogram.recordValue(value);
        }
        return LatencySummary.of(histogram);
    }

    static Stage open(String name, double target, double achieved, List<ErrorCount> errors) {
        LatencySummary latency = latency(410, 900, 1500, 12_000);
        RoleStats replica = new RoleStats(990, 3, latency);
        return new Stage(
                name,
                "routed",
                Model.OPEN,
                target,
                achieved,
                1000,
                errors,
                latency,
                latency(3, 4, 5, 900),
                new ByRole(new RoleStats(10, 0, latency), replica),
                List.of(new RequestStats("select player", 1000, 3, 199.4, latency, errors, List.of())),
                null,
                5,
                null,
                new Generator(12.5, 80.0, 45.6, null),
                null,
                List.of(new ShardStats("shard1", 600, 0, latency), new ShardStats("shard2", 400, 3, null)),
                List.of(new PercentilePoint(0, 410), new PercentilePoint(50, 900)),
                List.of(
                        new StageInterval(0, 200, 0, 800L, 1500L, 12_000L),
                        new StageInterval(0.1, 0, 3, null, null, null)));
    }

    static Stage closed(String name, int concurrency) {
        return new Stage(
                name,
                "gatling-jdbc",
                Model.CLOSED,
                null,
                12_345.6,
                61_728,
                List.of(),
                latency(900, 1100, 9000),
                null,
                new ByRole(null, new RoleStats(61_728, 0, null)),
                List.of(new RequestStats(
                        "select player", 61_728, 0, 12_345.6, latency(900, 1100, 9000), List.of(), List.of())),
                concurrency,
                5,
                null,
                new Generator(60.1, 99.8, 97.3, "the generator took 60 % of the processors, all processes 100 %"),
                null,
                null,
                null,
                null);
    }

    /** Of the user's. */
    static Stage own(String scenario) {
        LatencySummary latency = latency(410, 900, 900, 1500);
        ErrorCount typo = new ErrorCount("42S02", 1146, 500, "Table 'game.accountz' doesn't exist");
        return new Stage(
                scenario,
                "gatling",
                Model.OPEN,
                null,
                120,
                1100,
                List.of(typo),
                latency,
                null,
                new ByRole(null, null),
                List.of(
                        new RequestStats(
                                "balance", 600, 0, 100, latency, List.of(), List.of(new MissingShard("shard2", 7))),
                        new RequestStats("transfer", 500, 500, 0, null, List.of(typo), List.of())),
                null,
                5,
                null,
                null,
                null,
                null,
                null,
                null);
    }

    static MaxThroughput maxThroughput() {
        MaxThroughput.Objective objective = new MaxThroughput.Objective(250_000, 0.1);
        return MaxThroughput.of(
                List.of(
                        CurvePoint.of(1, 1500.25, latency(600), 0, objective),
                        CurvePoint.of(4, 4663.5, latency(800), 0, objective),
                        CurvePoint.of(16, 9719, latency(1300), 0, objective),
                        CurvePoint.of(64, 12_345.6, latency(5000), 0.05, objective),
                        CurvePoint.of(500, 7638, latency(410_000), 0.2, objective)),
                objective);
    }

    private static List<Stage> stages() {
        ErrorCount error = new ErrorCount("40001", 1213, 3, "Deadlock found when trying to get lock");
        return List.of(
                open("select 200/s", 200, 199.4, List.of(error)), closed("max throughput 64", 64), own("transfers"));
    }

    /** Those of the main job, in its order. */
    private static Map<String, Section> sections() {
        Map<String, Section> sections = new LinkedHashMap<>();
        sections.put(
                "performance", Performance.of(maxThroughput().warning("this machine was busy in: max throughput 64")));
        sections.put("consistency", ConsistencyReports.full());
        sections.put("soak", soak());
        sections.put("connections", connections());
        sections.put("groupConsistency", GroupConsistencyReports.full());
        sections.put("writeConflicts", WriteConflictsReports.full());
        sections.put("quorumLoss", QuorumLossReports.full(FailoverReports.ledger()));
        sections.put("sharding", ShardingReports.full());
        sections.put(
                "failover",
                new FailoverSection(
                        List.of(FailoverReports.full(), Failover.none("async", "not ours")),
                        FailoverReports.faults(),
                        "shard1"));
        return sections;
    }

    private static SoakSection soak() {
        StageInterval quiet = new StageInterval(1, 0, 2, null, null, null);
        List<Drift.Point> points =
                IntStream.range(0, 12).mapToObj(i -> new Drift.Point(i, 100)).toList();
        List<TimeSeries.Point> readings = IntStream.range(0, 12)
                .mapToObj(i -> new TimeSeries.Point(i, 1e6 + i))
                .toList();
        Leak.Rule rule = new Leak.Rule(0, 5);
        return new SoakSection(
                "soak 100/s",
                1,
                List.of(new StageInterval(0, 100, 0, 900L, 1800L, 4000L), quiet),
                List.of(
                        Drift.of("throughput", Drift.Worse.LOWER, 10, points),
                        Drift.of("p95", Drift.Worse.HIGHER, 10, List.of())),
                List.of(
                        Leak.of(new TimeSeries(Quantity.CLIENT_HEAP, "client", readings, null), 1024, rule),
                        Leak.of(new TimeSeries(Quantity.CLIENT_FILES, "client", List.of(), "no"), 1, rule)));
    }

    private static ConnectionsSection connections() {
        ErrorCount refused = new ErrorCount("08004", 1040, 7, "Too many connections");
        return new ConnectionsSection(
                new ConnectionsSection.Limit("node1", 151, 3, 3L, 150, 10, "best", List.of(200)),
                List.of(
                        new ConnectionStepReport(
                                10, 10, 4000, latency(3000), latency(900), latency(3), List.of(), List.of(), null),
                        new ConnectionStepReport(
                                150,
                                0,
                                0,
                                null,
                                null,
                                null,
                                List.of(refused),
                                List.of(),
                                new LimitedByCap(500, 1_000, 990, 81.25, 100))));
    }

    private static TopologyReport topology() {
        ErrantGtids errant = new ErrantGtids("node2", Optional.of("a:1"), Optional.of("b:1-2"), Optional.of("gone"));
        return new TopologyReport(
                "embedded",
                List.of(node("node1", "primary", 3306), node("node2", "replica", 3307)),
                null,
                List.of(errant),
                null);
    }

    private static List<ShardReport> shards() {
        return List.of(
                new ShardReport("shard1", "node1", List.of("node2"), 12_345L, 3L << 20, 600, 0, 120.0),
                new ShardReport("shard2", "node3", List.of("node4"), null, null, 400, 3, null));
    }

    private static StartedServers started() {
        return StartedServers.of(
                9_250,
                List.of(
                        new Resident("node1", 400L << 20, 480L << 20, 500L << 20, null),
                        new Resident("node2", null, null, null, "the server's process is not of this machine")));
    }

    private static NodeReport node(String name, String role, int port) {
        TreeMap<String, String> variables = new TreeMap<>(Map.of("gtid_mode", "ON", "sync_binlog", "1"));
        return new NodeReport(name, null, role, "127.0.0.1", port, "8.0.33", "uuid-" + name, variables);
    }
}
