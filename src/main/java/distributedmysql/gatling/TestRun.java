package distributedmysql.gatling;

import static io.gatling.javaapi.core.CoreDsl.exec;

import distributedmysql.check.CheckResult;
import distributedmysql.check.ServerSilence;
import distributedmysql.check.TargetRate;
import distributedmysql.config.PerformanceSettings.Engine;
import distributedmysql.config.Settings;
import distributedmysql.config.SettingsException;
import distributedmysql.connection.ConnectionFeeder;
import distributedmysql.fault.Nemesis;
import distributedmysql.gatling.internal.CheckFactory;
import distributedmysql.gatling.internal.ClusterProtocol;
import distributedmysql.monitor.GeneratorLoad;
import distributedmysql.report.IntervalRecorder;
import distributedmysql.report.NotRun;
import distributedmysql.report.Stage;
import distributedmysql.report.StagePlan;
import distributedmysql.report.StageRecorder;
import distributedmysql.report.StageRecorders;
import distributedmysql.topology.Cluster;
import distributedmysql.topology.TopologyException;
import distributedmysql.workload.GameData;
import distributedmysql.workload.GameFeeder;
import distributedmysql.workload.GameStatements;
import distributedmysql.workload.Share;
import io.gatling.javaapi.core.ActionBuilder;
import io.gatling.javaapi.core.ChainBuilder;
import io.gatling.javaapi.core.PopulationBuilder;
import io.gatling.javaapi.core.ProtocolBuilder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * One run of one simulation: its settings, servers, feeders, recorders and checks, and the report at its end.
 *
 * <p>Opened by {@link ClusterSimulation}. Parts use it while they describe their steps; after that it is thread-safe.
 */
public final class TestRun {
    private static final Duration GENERATOR_INTERVAL = Duration.ofMillis(250);

    private final Settings settings;
    private final RunServers servers;
    private final RunEnd end;
    private final Progress progress;
    private final GameFeeder data;
    private final StatementAudit audit;
    private final LoadEngine engine;
    private final StageRecorders recorders = new StageRecorders();
    private final GeneratorLoad generatorLoad = new GeneratorLoad(GENERATOR_INTERVAL);
    private final MachineWatch machine;
    private final List<String> checkRequests = new ArrayList<>();
    private final List<NotRun> notRun = new ArrayList<>();
    private final List<CheckResult> results = Collections.synchronizedList(new ArrayList<>());

    private TestRun(String simulation, Settings settings, RunServers servers, Progress progress) {
        this.settings = settings;
        this.servers = servers;
        this.progress = progress;
        this.data = new GameFeeder(new GameData(settings.data()));
        this.engine = settings.performance().engine() == Engine.ROUTED
                ? new RoutedEngine(servers, data, settings.connection().poolSize())
                : new PluginEngine(servers.cluster(), settings, data);
        this.audit = new StatementAudit(
                servers.cluster(), settings.data().database(), statements().texts());
        this.machine = new MachineWatch(servers.cluster().nodes(), recorders);
        this.end = new RunEnd(simulation, settings, servers, machine, recorders, results, notRun);
        generatorLoad.start();
        machine.start();
    }

    /**
     * Reads the settings, starts the servers and loads the data.
     *
     * @throws SettingsException if a setting is not allowed; nothing has been started then
     * @throws TopologyException if the servers cannot be started or used; nothing is left running then
     */
    static TestRun open(String simulation) {
        Progress progress = new Progress();
        try {
            Settings settings = Settings.load(Path.of(""), System.getProperties());
            progress.say(simulation + ", profile " + settings.profile());
            RunServers servers = RunServers.start(settings, progress::say);
            return new TestRun(simulation, settings, servers, progress);
        } catch (SettingsException | TopologyException e) {
            sayLast(e);
            throw e;
        }
    }

    /** Gatling prints what a simulation throws wrapped and with its stack; the reason should stand last, by itself. */
    private static void sayLast(RuntimeException e) {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> System.err.println("\nerror: " + e.getMessage() + "\n")));
    }

    public Settings settings() {
        return settings;
    }

    public Cluster cluster() {
        return servers.cluster();
    }

    /** What a user's scenario feeds on first, so that its requests find their servers. */
    public ConnectionFeeder connections() {
        return servers.connections();
    }

    /** The session variables of {@link #statements()}. */
    public GameFeeder data() {
        return data;
    }

    public GameStatements statements() {
        return new GameStatements(settings.data().database());
    }

    /** What sends the statements of the performance stages. */
    public LoadEngine engine() {
        return engine;
    }

    /** A recorder of what the users of these scenarios do; it becomes a stage of the report. */
    public StageRecorder record(StagePlan plan, List<String> scenarios) {
        return record(plan, scenarios, new IntervalRecorder(Duration.ZERO, Duration.ofSeconds(1)));
    }

    /** The same, recorded for each interval too. */
    public StageRecorder record(StagePlan plan, List<String> scenarios, IntervalRecorder intervals) {
        Runnable onBegin = () -> {
            progress.begins(plan);
            engine.began(plan.name());
        };
        StageRecorder recorder = new StageRecorder(plan, onBegin, intervals, generatorLoad);
        recorders.add(recorder, scenarios);
        return recorder;
    }

    /** Whether nothing may be written: {@code external.read-only}. */
    public boolean isReadOnly() {
        return servers.access().unwritable().isPresent();
    }

    /** Whether a load of this mix can be played on these servers. */
    public boolean isPossible(List<Share> mix) {
        return servers.access().impossible(mix).isEmpty();
    }

    /**
     * The steps of a load, and then a step that judges; where such a load cannot be played on these servers, none, and
     * the console and the report say that these checks were not made.
     */
    public List<Step> ifPossible(List<Share> mix, List<Step> steps, List<Check> checks) {
        Optional<String> impossible = servers.access().impossible(mix);
        if (impossible.isPresent()) {
            notRun(checks.stream().map(Check::name).toList(), impossible.get());
            return List.of();
        }
        List<Step> judged = new ArrayList<>(steps);
        judged.add(judge(checks));
        return judged;
    }

    /** Instead of {@link #judge}: these checks are not made, and the console and the report say so. */
    public void notRun(List<String> checks, String reason) {
        checks.forEach(name -> notRun.add(new NotRun(name, reason)));
    }

    /** Prepares the consistency probes; call it once. They are recorded beside the reports. */
    public ConsistencyRun consistency() {
        Path history = settings.reportDirectory().resolve(end.fileName("history_", ".jsonl.gz"));
        ConsistencyRun consistency = new ConsistencyRun(servers, settings, history, progress::say);
        end.with(consistency);
        return consistency;
    }

    /** Instead of {@link #consistency} where nothing may be written; call it once. */
    public ReadOnlyConsistencyRun readOnlyConsistency() {
        ReadOnlyConsistencyRun consistency = new ReadOnlyConsistencyRun(servers, settings.consistency(), progress::say);
        end.with(consistency);
        notRun.addAll(consistency.notRun());
        return consistency;
    }

    /** Prepares soak, connection steps and failovers; call it once. */
    public StabilityRun stability() {
        return stability(cluster -> List.of());
    }

    /**
     * As {@link #stability()}, with faults besides the kill of the primary in each failover.
     *
     * @param further is asked at the begin of each round, when the load begins
     */
    public StabilityRun stability(Function<Cluster, List<Nemesis.Planned>> further) {
        StabilityRun stability =
                new StabilityRun(servers, settings, statements().selectPlayer(), data, further, progress::say);
        end.with(stability);
        return stability;
    }

    /** A step of one user that does something which may take long; it is no request. */
    public Step alone(String name, Duration expected, Runnable work) {
        return Chain.alone(name, expected, work);
    }

    /** What the stages have measured so far. */
    public List<Stage> measured() {
        return recorders.measured();
    }

    /** Whether the stages of the open model so far achieved their rates; otherwise their latencies are of another load. */
    public Check targetRate() {
        return StageRates.check(TargetRate.NAME, recorders::all);
    }

    /**
     * Whether the servers answered all the time in those of these stages that are of the open model.
     *
     * @param name of the stages together, for instance {@code soak}
     */
    public Check serverSilence(String name, Supplier<List<StageRecorder>> stages) {
        return machine.serverSilence(ServerSilence.checkName(name), stages);
    }

    /** The same of all stages so far. */
    public Check serverSilence(String name) {
        return serverSilence(name, recorders::all);
    }

    /** The servers executed what these stages sent; nothing else of the load may have run since the last such check. */
    public Check serverCounts(String stage, List<StageRecorder> stages) {
        return new Check("server counts: " + stage, () -> audit.check(stage, stages));
    }

    /** A step that judges: each check is a Gatling request named {@code check …}, and is in the report. */
    public Step judge(List<Check> checks) {
        ChainBuilder chain = exec(session -> session);
        for (Check check : checks) {
            checkRequests.add(check.request());
            CheckFactory factory = new CheckFactory(check.request(), () -> {
                CheckResult result = machine.judge(check);
                results.add(result);
                return result;
            });
            ActionBuilder action = () -> factory;
            chain = chain.exec(action);
        }
        String name = "checks: " + checks.get(0).name();
        return Step.single(name, Duration.ZERO, chain);
    }

    /**
     * All steps of the parts.
     *
     * @throws TopologyException if the servers allow none of their checks; nothing is left running then
     */
    List<Step> plan(List<Part> parts) {
        List<Step> steps = parts.stream().flatMap(part -> part.steps().stream()).toList();
        sayWhatIsNotRun();
        progress.plan(steps);
        return steps;
    }

    private void sayWhatIsNotRun() {
        Map<String, List<String>> byReason = NotRun.byReason(notRun);
        byReason.forEach((reason, names) -> progress.say("not run: " + reason + ": " + String.join(", ", names)));
        if (checkRequests.isEmpty() && !notRun.isEmpty()) {
            end.abandon();
            TopologyException nothing = new TopologyException(
                    "nothing of this simulation can be run on these servers: " + String.join("; ", byReason.keySet()));
            sayLast(nothing);
            throw nothing;
        }
    }

    List<PopulationBuilder> chained(List<Step> steps) {
        return new Chain(progress::say).of(steps);
    }

    List<String> checkRequests() {
        return checkRequests;
    }

    ProtocolBuilder protocol() {
        return new ClusterProtocol(recorders);
    }

    void finish() {
        end.complete();
    }
}
