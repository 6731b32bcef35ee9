package distributedmysql.run;

import distributedmysql.check.ErrantTransactionsCheck;
import distributedmysql.check.ServerCounts;
import distributedmysql.check.ServerSilence;
import distributedmysql.check.TargetRate;
import distributedmysql.config.Settings;
import distributedmysql.gatling.LoadEngine;
import distributedmysql.gatling.PluginProtocols;
import distributedmysql.gatling.SqlActionBuilder;
import distributedmysql.gatling.SqlDsl;
import distributedmysql.gatling.internal.ClusterProtocol;
import distributedmysql.history.EventLog;
import distributedmysql.load.ConnectionFeeder;
import distributedmysql.load.data.GameData;
import distributedmysql.load.data.GameFeeder;
import distributedmysql.load.data.GameStatements;
import distributedmysql.load.data.Share;
import distributedmysql.load.record.IntervalRecorder;
import distributedmysql.load.record.StagePlan;
import distributedmysql.load.record.StageRecorder;
import distributedmysql.load.record.StageRecorders;
import distributedmysql.mysql.Node;
import distributedmysql.mysql.TopologyException;
import distributedmysql.report.Stage;
import distributedmysql.topology.ReplicaSet;
import distributedmysql.topology.Shards;
import io.gatling.javaapi.core.PopulationBuilder;
import io.gatling.javaapi.core.ProtocolBuilder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * One run of one simulation: its settings, servers, feeders, recorders and checks, and the report at its end.
 *
 * <p>Opened by {@link ClusterSimulation}. Parts use it while they describe their steps; after that it is thread-safe.
 */
public final class TestRun {
    private final Settings settings;
    private final List<Experiment> experiments;
    private final RunServers servers;
    private final RunEnd end;
    private final Progress progress;
    private final GameFeeder data;
    private final StatementAudit audit;
    private final LoadEngine engine;
    private final ErrantWatch errant;
    private final PluginProtocols plugin;
    private final Recording recording;
    private final StageRecorders recorders;
    private final MachineWatch machine;
    private final Judging judging;

    TestRun(
            String simulation,
            Settings settings,
            List<Experiment> experiments,
            RunServers servers,
            ServerWatch watch,
            Progress progress) {
        this.settings = settings;
        this.experiments = experiments;
        this.servers = servers;
        this.progress = progress;
        this.recording = new Recording(progress, servers.deployment().nodes().get(0));
        this.recorders = recording.recorders();
        this.plugin = new PluginProtocols(settings);
        this.data = new GameFeeder(new GameData(settings.data()));
        this.engine = servers.engine(settings, data, plugin);
        this.audit = new StatementAudit(
                servers.deployment().nodes(),
                settings.data().database(),
                statements().texts());
        this.machine = new MachineWatch(servers.deployment().nodes(), recorders);
        this.judging = new Judging(progress, machine, recorders);
        this.end = new RunEnd(simulation, settings, progress, servers, watch, machine, recorders, judging);
        this.errant = new ErrantWatch(servers.deployment().shards(), events());
        shards().all().forEach(progress::notePromotions);
        errant.begin();
        end.with(errant);
        recording.start();
        machine.start();
    }

    public Settings settings() {
        return settings;
    }

    /** As {@link RunServers#replicaSet}. */
    public ReplicaSet replicaSet() {
        return servers.replicaSet();
    }

    /** All of this run's deployment. */
    public Shards shards() {
        return servers.deployment().shards();
    }

    /** What a user's scenario feeds on first, so that its requests find their servers. */
    public ConnectionFeeder connections() {
        return servers.connections();
    }

    /** The session variables of {@link #statements()}. */
    public GameFeeder data() {
        return data;
    }

    /** The statements of the load, for the tables that the run has filled. */
    public GameStatements statements() {
        return new GameStatements(settings.data().database());
    }

    /** What sends the statements of our loads. */
    public LoadEngine engine() {
        return engine;
    }

    /** A recorder of what the users of these scenarios do; it becomes a stage of the report. */
    public StageRecorder record(StagePlan plan, List<String> scenarios) {
        return record(plan, scenarios, IntervalRecorder.ofStage(plan.phases().steady()));
    }

    /** The same, with intervals of one's own. */
    public StageRecorder record(StagePlan plan, List<String> scenarios, IntervalRecorder intervals) {
        return recording.record(plan, scenarios, intervals, () -> engine.began(plan.name()));
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
     * @throws IllegalArgumentException if name or reason, which is in the report, is blank, or another reason was given for this name
     */
    public void mayFail(String request, String reason) {
        recorders.ownRequests().mayFail(request, reason);
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

    /** A step of one user that does something; it is no request. The console says that it begins, if it is expected to take any time. */
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
        return Stage.all(recorders.planned());
    }

    /** Whether the stages of the open model so far achieved their rates; otherwise their latencies are of another load. */
    public Check targetRate() {
        return StageRates.check(TargetRate.NAME, TargetRate.MEANING, recorders::all);
    }

    /**
     * Whether the servers answered all the time in those of these stages that are of the open model.
     *
     * @param name of the stages together, for instance {@code reads}
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

    /** A step that judges: each check is a Gatling request named {@code check …}, and is in the report. */
    public Step judge(List<Check> checks) {
        return judging.step(checks);
    }

    /** Instead of {@link #judge}: these checks are not made, and the console and the report say so. */
    public void notRun(List<String> checks, String reason) {
        judging.notRun(checks, reason);
    }

    /** The servers executed what these stages sent; nothing else of the load may have run since the last such check. */
    public Check serverCounts(String stage, List<StageRecorder> stages) {
        return new Check("server counts: " + stage, ServerCounts.MEANING, () -> audit.check(stage, stages));
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
        List<Step> steps = new ArrayList<>(end.endpoints().steps(this));
        parts.forEach(part -> steps.addAll(part.steps()));
        judging.nothingToPlay().ifPresent(reasons -> {
            end.abandon();
            throw new TopologyException("nothing of this simulation can be run on these servers: " + reasons);
        });
        steps.add(judge(end.endpoints()
                .checksAnd(new Check(ErrantTransactionsCheck.NAME, ErrantTransactionsCheck.MEANING, errant::check))));
        steps.add(judging.failedRequests(settings.load().maxErrorPercent(), end::loads));
        steps.add(judging.verdict());
        progress.plan(steps);
        return steps;
    }

    List<PopulationBuilder> chained(List<Step> steps) {
        return plugin.observed(new StepChain(progress::say, progress::begins).of(steps), recorders);
    }

    ProtocolBuilder protocol() {
        return new ClusterProtocol(recorders, end.gatling()::logOpened);
    }

    void finish() {
        end.complete(judging.isComplete());
    }
}
