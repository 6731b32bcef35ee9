package distributedmysql.run;

import static io.gatling.javaapi.core.CoreDsl.exec;

import distributedmysql.check.AllValid;
import distributedmysql.check.CheckResult;
import distributedmysql.check.ErrantTransactionsCheck;
import distributedmysql.check.FailedRequests;
import distributedmysql.check.ServerSilence;
import distributedmysql.check.TargetRate;
import distributedmysql.check.Verdict;
import distributedmysql.config.ChangedSetting;
import distributedmysql.config.LoadSettings.Engine;
import distributedmysql.config.Plural;
import distributedmysql.config.Settings;
import distributedmysql.config.SettingsException;
import distributedmysql.connection.ConnectionFeeder;
import distributedmysql.gatling.LoadEngine;
import distributedmysql.gatling.PluginEngine;
import distributedmysql.gatling.PluginProtocols;
import distributedmysql.gatling.RoutedEngine;
import distributedmysql.gatling.SqlActionBuilder;
import distributedmysql.gatling.SqlDsl;
import distributedmysql.gatling.internal.CheckFactory;
import distributedmysql.gatling.internal.ClusterProtocol;
import distributedmysql.history.ErrantGtids;
import distributedmysql.history.Event;
import distributedmysql.history.EventLog;
import distributedmysql.monitor.ErrantTransactions;
import distributedmysql.monitor.GeneratorLoad;
import distributedmysql.mysql.Node;
import distributedmysql.mysql.TopologyException;
import distributedmysql.report.IntervalRecorder;
import distributedmysql.report.NotRun;
import distributedmysql.report.ReportException;
import distributedmysql.report.ReportWriter;
import distributedmysql.report.Stage;
import distributedmysql.report.StagePlan;
import distributedmysql.report.StageRecorder;
import distributedmysql.report.StageRecorders;
import distributedmysql.topology.Cluster;
import distributedmysql.topology.Ending;
import distributedmysql.topology.Wait;
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
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * One run of one simulation: its settings, servers, feeders, recorders and checks, and the report at its end.
 *
 * <p>Opened by {@link ClusterSimulation}. Parts use it while they describe their steps; after that it is thread-safe.
 */
public final class TestRun {
    /** The Gatling request that fails unless all checks are valid; worded for the one line that Gatling prints of it. */
    static final String VERDICT = "all checks are VALID";

    private static final Duration GENERATOR_INTERVAL = Duration.ofMillis(250);

    private final Settings settings;
    private final List<Experiment> experiments;
    private final RunServers servers;
    private final RunEnd end;
    private final Progress progress;
    private final GameFeeder data;
    private final StatementAudit audit;
    private final LoadEngine engine;
    private final ErrantTransactions errant;
    private final PluginProtocols plugin;
    private final StageRecorders recorders = new StageRecorders(this::ownScenario);
    private final GeneratorLoad generatorLoad = new GeneratorLoad(GENERATOR_INTERVAL);
    private final List<String> planned = new ArrayList<>();
    private final MachineWatch machine;
    private final List<NotRun> notRun = new ArrayList<>();
    private volatile boolean played;
    private final List<CheckResult> results = Collections.synchronizedList(new ArrayList<>());

    private TestRun(
            String simulation, Settings settings, List<Experiment> experiments, RunServers servers, Progress progress) {
        this.settings = settings;
        this.experiments = experiments;
        this.servers = servers;
        this.progress = progress;
        this.plugin = new PluginProtocols(settings);
        this.data = new GameFeeder(new GameData(settings.data()));
        this.engine = settings.load().engine() == Engine.ROUTED
                ? new RoutedEngine(
                        servers.cluster(),
                        servers.pools(),
                        servers.connections(),
                        data,
                        settings.connection().poolSize())
                : new PluginEngine(servers.cluster(), plugin, data);
        this.audit = new StatementAudit(
                servers.cluster(), settings.data().database(), statements().texts());
        this.machine = new MachineWatch(servers.cluster().nodes(), recorders);
        this.end = new RunEnd(simulation, settings, progress, servers, machine, recorders, results, notRun);
        this.errant = new ErrantTransactions(servers.cluster());
        cluster()
                .onPromotion((former, primary) -> events().add(
                                Event.Kind.PROMOTION,
                                primary.name(),
                                primary + " is the primary, instead of " + former));
        errant.lookBefore();
        errant.found().forEach(this::warn);
        end.with(errant);
        generatorLoad.start();
        machine.start();
    }

    private void warn(ErrantGtids replica) {
        replica.beforeRun()
                .ifPresent(gtids -> events().add(
                                Event.Kind.WARNING,
                                replica.replica(),
                                "warning: " + replica.replica()
                                        + " has executed what the primary has not (errant transactions): " + gtids));
    }

    /**
     * Reads the settings, starts the servers and loads the data. If a setting is not allowed, or the servers cannot be
     * started or used, the console says why and the JVM ends; nothing is left running then.
     *
     * @param experiments what will be played, unless the command line names others; none if that is not known
     */
    static TestRun open(String simulation, List<Experiment> experiments) {
        return ErrorsOfUsers.orExit(() -> opened(simulation, experiments));
    }

    private static TestRun opened(String simulation, List<Experiment> ofSimulation) {
        Progress progress = new Progress();
        Wait.sayTo(progress::say, Progress.SILENCE);
        MavenWatch.begin(progress::say);
        Ending.refuse("the run");
        List<Experiment> experiments = Chosen.of(ofSimulation, System.getProperty(Settings.EXPERIMENTS));
        Set<String> played = experiments.stream().map(Experiment::key).collect(Collectors.toSet());
        Settings settings = Settings.load(Path.of(""), System.getProperties(), Chosen.known(ofSimulation), played);
        sayProfiles(simulation, settings, progress);
        requireReports(settings);
        DebugFile.open(System.getProperty(Settings.DEBUG), debugFile(settings))
                .ifPresent(file -> progress.say("debug: what is done on the servers is in " + file));
        RunServers servers = RunServers.start(simulation, settings, progress::say);
        return new TestRun(simulation, settings, experiments, servers, progress);
    }

    private static Path debugFile(Settings settings) {
        return settings.reportDirectory().resolve("debug_" + ReportWriter.timestamp(Instant.now()) + ".log");
    }

    private static void requireReports(Settings settings) {
        try {
            ReportWriter.requireWritable(settings.reportDirectory());
        } catch (ReportException e) {
            throw new SettingsException("report.directory = " + settings.reportDirectory() + ": " + e.getMessage());
        }
    }

    private static void sayProfiles(String simulation, Settings settings, Progress progress) {
        progress.say(simulation + ", profile " + settings.profile());
        Map<String, Long> changed = settings.changed().stream()
                .collect(Collectors.groupingBy(ChangedSetting::source, TreeMap::new, Collectors.counting()));
        if (!changed.isEmpty()) {
            progress.say("settings that are not the default's (run.config in the report has each): "
                    + changed.entrySet().stream()
                            .map(entry -> entry.getValue() + " from " + entry.getKey())
                            .collect(Collectors.joining(", ")));
        }
        settings.profileWarnings()
                .forEach(warning -> progress.events().add(Event.Kind.WARNING, "settings", "settings: " + warning));
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
            progress.begins(plan.name());
            engine.began(plan.name());
        };
        StageRecorder recorder = recorder(plan, onBegin, intervals);
        recorders.add(recorder, scenarios);
        return recorder;
    }

    private StageRecorder ownScenario(StagePlan plan) {
        Runnable onBegin = () -> events().add(Event.Kind.STEP, plan.name(), plan.name() + ": begins");
        return recorder(plan, onBegin, new IntervalRecorder(Duration.ZERO, Duration.ofSeconds(1)));
    }

    private StageRecorder recorder(StagePlan plan, Runnable onBegin, IntervalRecorder intervals) {
        return new StageRecorder(
                plan, onBegin, intervals, generatorLoad, cluster().primary().cap());
    }

    /**
     * The protocol of a population that sends its requests with the gatling-jdbc plugin: to this server, with connections to the
     * run's database, like those of {@code sql(…)} requests.
     */
    public ProtocolBuilder plugin(Node node) {
        return plugin.of(node);
    }

    /**
     * Requests of this name may fail without failing the run; how often and why they did is reported all the same. For requests
     * that are not of {@link SqlDsl}, which have {@link SqlActionBuilder#mayFail}. A name that no request had fails the run.
     *
     * @param reason is in the report
     * @throws IllegalArgumentException if name or reason is blank, or another reason was given for this name
     */
    public void mayFail(String request, String reason) {
        recorders.ownRequests().mayFail(request, reason);
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

    /** A file of this run, beside the JSON summary. */
    public Path file(String prefix, String suffix) {
        return settings.reportDirectory().resolve(end.fileName(prefix, suffix));
    }

    /** The servers, the pools to them, and what may be done there. */
    public RunServers servers() {
        return servers;
    }

    /** What happens in the run, for its timeline; its clock is the run's. */
    public EventLog events() {
        return progress.events();
    }

    /** A line of the console. */
    public void say(String line) {
        progress.say(line);
    }

    /** Notes which transactions only one server has; of what is promoted later, nobody could tell afterwards. */
    public void lookForErrantTransactions() {
        errant.look();
    }

    /** A step of one user that does something which may take long; it is no request. */
    public Step alone(String name, Duration expected, Runnable work) {
        return StepChain.alone(name, expected, () -> {
            if (expected.isZero()) {
                progress.beginsQuietly(name);
            } else {
                progress.begins(name);
            }
            try {
                work.run();
            } finally {
                progress.ends();
            }
        });
    }

    /** What the stages that {@link #record} planned have measured so far. */
    public List<Stage> measured() {
        return recorders.planned();
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

    /** Of all stages so far. */
    public List<StageRecorder> recorders() {
        return recorders.all();
    }

    /** The servers executed what these stages sent; nothing else of the load may have run since the last such check. */
    public Check serverCounts(String stage, List<StageRecorder> stages) {
        return new Check("server counts: " + stage, () -> audit.check(stage, stages));
    }

    private void judged(CheckResult result) {
        results.add(result);
        if (result.verdict() != Verdict.VALID) {
            events().add(Event.Kind.FINDING, result.name(), result.verdict() + ": " + result.evidence());
        }
    }

    /** A step that judges: each check is a Gatling request named {@code check …}, and is in the report. */
    public Step judge(List<Check> checks) {
        ChainBuilder chain = exec(session -> session);
        for (Check check : checks) {
            planned.add(check.name());
            chain = chain.exec(request(check.request(), () -> {
                progress.beginsQuietly(check.request());
                CheckResult result = machine.judge(check);
                progress.ends();
                judged(result);
                return result;
            }));
        }
        String name = "checks: " + checks.get(0).name();
        return Step.single(name, Duration.ZERO, chain);
    }

    /**
     * All steps of the experiments and of what the simulation has besides, and then the checks that every run has. If the
     * servers allow none of their checks, the console says why and the JVM ends; nothing is left running then.
     */
    List<Step> plan(List<Part> besides) {
        return ErrorsOfUsers.orExit(() -> planned(besides));
    }

    private List<Step> planned(List<Part> besides) {
        List<Part> parts = new ArrayList<>();
        for (Experiment experiment : experiments) {
            ExperimentRun prepared = experiment.prepare(this);
            end.with(experiment.key(), prepared);
            parts.add(prepared);
        }
        parts.addAll(besides);
        List<Step> steps = new ArrayList<>();
        parts.forEach(part -> steps.addAll(part.steps()));
        sayWhatIsNotRun();
        steps.add(judge(List.of(new Check(ErrantTransactionsCheck.NAME, this::errantTransactions))));
        steps.add(failedRequests());
        steps.add(verdict());
        progress.plan(steps);
        return steps;
    }

    private CheckResult errantTransactions() {
        errant.look();
        return ErrantTransactionsCheck.check(errant.found(), errant.outside());
    }

    /** The last step but one. A run whose scenarios have no requests has no such check: there is nothing to judge. */
    private Step failedRequests() {
        ActionBuilder action = request("check " + FailedRequests.NAME, () -> {
            List<FailedRequests.Requests> requests =
                    recorders.requests(settings.load().maxErrorPercent());
            FailedRequests.Simulation simulation = recorders.ownRequests().simulation();
            Check check = new Check(FailedRequests.NAME, () -> FailedRequests.check(requests, simulation))
                    .ofFigures(() -> FailureTimes.of(
                            recorders.all(), simulation.mayFail().keySet()));
            CheckResult result = machine.judge(check);
            if (!requests.isEmpty() || !simulation.isSilent()) {
                judged(result);
            }
            return result;
        });
        return Step.single(FailedRequests.NAME, Duration.ZERO, exec(action));
    }

    /** The last step: what Gatling's exit code depends on. */
    private Step verdict() {
        ActionBuilder check = request(VERDICT, () -> {
            played = true;
            // A step that was not played has judged nothing.
            List<String> notMade = new ArrayList<>(planned);
            results.forEach(result -> notMade.remove(result.name()));
            return AllValid.of(VERDICT, results, notMade);
        });
        return Step.single("verdict", Duration.ZERO, exec(check));
    }

    /** A Gatling request that fails unless the judgement is VALID. */
    private static ActionBuilder request(String name, Supplier<CheckResult> judge) {
        CheckFactory factory = new CheckFactory(name, judge);
        return () -> factory;
    }

    private void sayWhatIsNotRun() {
        Map<String, List<String>> byReason = NotRun.byReason(notRun);
        // The end of the run names them.
        byReason.forEach((reason, names) ->
                progress.say("not run, because " + reason + ": " + Plural.of(names.size(), "check")));
        if (planned.isEmpty() && !notRun.isEmpty()) {
            end.abandon();
            throw new TopologyException(
                    "nothing of this simulation can be run on these servers: " + String.join("; ", byReason.keySet()));
        }
    }

    List<PopulationBuilder> chained(List<Step> steps) {
        return plugin.observed(new StepChain(progress::say).of(steps), recorders);
    }

    ProtocolBuilder protocol() {
        return new ClusterProtocol(recorders);
    }

    void finish() {
        end.complete(played);
    }
}
