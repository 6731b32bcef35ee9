package distributedmysql.experiment.consistency;

import distributedmysql.check.CheckResult;
import distributedmysql.check.Doubt;
import distributedmysql.config.Plural;
import distributedmysql.config.Settings;
import distributedmysql.experiment.consistency.judge.ConsistencyVerdicts;
import distributedmysql.experiment.consistency.judge.Visibility;
import distributedmysql.history.Header;
import distributedmysql.history.History;
import distributedmysql.history.HistoryRecorder;
import distributedmysql.history.Plan;
import distributedmysql.history.Probe;
import distributedmysql.history.RunClock;
import distributedmysql.history.Strategy;
import distributedmysql.load.data.MarkedDatabase;
import distributedmysql.load.data.ProbeTable;
import distributedmysql.monitor.ReplicationLag;
import distributedmysql.monitor.ReplicationLags;
import distributedmysql.mysql.Node;
import distributedmysql.mysql.TopologyException;
import distributedmysql.report.LatencySummary;
import distributedmysql.run.Check;
import distributedmysql.run.RunServers;
import distributedmysql.run.Timing;
import distributedmysql.topology.Await;
import distributedmysql.topology.Ending;
import distributedmysql.topology.ReplicaSet;
import distributedmysql.topology.Replication;
import distributedmysql.topology.Shards;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** The consistency part of a run: what records while the probes run, and what is made of it afterwards. */
public final class ConsistencyRun implements AutoCloseable {
    /** The first shard's: what is probed is how it replicates, and the others replicate likewise. */
    private final ReplicaSet replicaSet;

    private final Shards shards;
    private final String database;
    private final ConsistencySettings settings;
    private final Consumer<String> progress;
    private final HistoryRecorder recorder;
    private final Probes probes;
    private final ReplicationLags lag;
    private final LagAndTables nodes;
    private ConsistencyVerdicts verdicts;

    ConsistencyRun(RunServers servers, Settings settings, Path history, Consumer<String> progress) {
        this.replicaSet = servers.replicaSet();
        this.shards = servers.deployment().shards();
        this.database = settings.data().database();
        this.settings = settings.of(ConsistencySettings.class);
        this.progress = progress;
        new MarkedDatabase(replicaSet, database).recreate(List.of(ProbeTable.PROBES));
        RunClock clock = new RunClock();
        this.recorder = HistoryRecorder.open(history, header(clock, settings), progress);
        this.lag = lags(clock);
        this.probes = new Probes(
                replicaSet,
                servers.pools(),
                this.settings,
                new ProbeTable(database),
                recorder,
                clock,
                () -> lag.loadBegins(this.settings.duration()));
        this.nodes = new LagAndTables(shards, this.settings, lag, progress);
    }

    private ReplicationLags lags(RunClock clock) {
        long zero = System.nanoTime() - clock.micros() * 1_000;
        return new ReplicationLags(shards.all().stream()
                .map(set -> new ReplicationLag(
                        set,
                        database,
                        zero,
                        settings.lag().sampleInterval(),
                        settings.lag().beatInterval()))
                .toList());
    }

    private Header header(RunClock clock, Settings all) {
        List<Long> delays = settings.readAfterWrite().delays().stream()
                .map(delay -> delay.toNanos() / 1_000)
                .toList();
        Plan plan = new Plan(
                EnumSet.allOf(Probe.class),
                EnumSet.allOf(Strategy.class),
                delays,
                settings.readAfterWrite().minSamples());
        Map<String, String> shown = all.effective().entrySet().stream()
                .filter(entry -> entry.getKey().startsWith("consistency."))
                .collect(Collectors.toMap(Map.Entry::getKey, entry -> String.valueOf(entry.getValue())));
        return new Header(
                clock.startedAt(),
                replicaSet.primary().name(),
                replicaSet.replicas().stream().map(Node::name).toList(),
                plan,
                shown);
    }

    public Probes probes() {
        return probes;
    }

    /** Waits until the replicas have the probes' table, and starts to sample the replication lag. */
    public void begin() {
        awaitReplicas();
        try {
            lag.start();
        } catch (SQLException e) {
            throw TopologyException.of(replicaSet.primary() + ": cannot make the heartbeat table", e);
        }
    }

    /**
     * Waits until the planned probes have ended and the replicas have all of it, reads every key on every node,
     * compares the tables, and judges.
     */
    public void end(long plannedProbes) {
        lag.loadEnds();
        awaitProbes(plannedProbes);
        Ending.refuse("the final reads");
        // No write may begin, or be recorded as acknowledged, after a final read.
        probes.close();
        progress.accept("consistency: waiting for the replicas");
        awaitReplicas();
        lag.close();
        probes.readFinally(progress);
        recorder.close();
        nodes.compare(List.of(database), database);
        verdicts = ConsistencyVerdicts.of(History.readUntilDamage(recorder.file()));
    }

    private void awaitReplicas() {
        try {
            shards.all().forEach(set -> Replication.awaitConvergence(set, settings.catchUpDeadline()));
        } catch (TopologyException e) {
            // The reads will show what is missing.
            progress.accept("consistency: " + e.getMessage());
        }
    }

    private void awaitProbes(long planned) {
        try {
            Await.of(Plural.of(planned, "probe") + " to end", settings.catchUpDeadline())
                    .whileRunGoesOn()
                    .until(() -> probes.ended() >= planned, () -> probes.ended() + " have");
        } catch (TopologyException e) {
            progress.accept("consistency: " + e.getMessage());
        }
    }

    /** The checks of this part; to be made after {@link #end}. */
    public List<Check> checks() {
        List<Check> checks = new ArrayList<>();
        ConsistencyVerdicts.meanings()
                .forEach((name, meaning) -> checks.add(timed(new Check(name, meaning, () -> verdict(name)))));
        checks.add(nodes.tableCheck());
        checks.add(nodes.lagCheck());
        return checks;
    }

    /** A deadline may pass because of this machine; a guarantee is not broken by it. */
    private Check timed(Check check) {
        return check.name().equals(Visibility.NAME)
                ? check.ofFigures(() -> nodes.underLoad("consistency probes", Timing.HALF))
                : check.ofEvidence(() -> nodes.underLoad("consistency probes", Timing.SOME));
    }

    private CheckResult verdict(String name) {
        if (verdicts == null) {
            return CheckResult.unknown(name, Doubt.NOT_PLAYED, "the probes did not run to their end");
        }
        return verdicts.checks().stream()
                .filter(check -> check.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** What the checkers make of the history; null before {@link #end}. */
    public ConsistencyVerdicts verdicts() {
        return verdicts;
    }

    /** Null if it did not run to its end. */
    Consistency report() {
        if (verdicts == null) {
            return null;
        }
        List<Consistency.StrategyLatency> cost = probes.cost().entrySet().stream()
                .map(entry -> new Consistency.StrategyLatency(
                        entry.getKey(), entry.getValue().getTotalCount(), LatencySummary.of(entry.getValue())))
                .toList();
        return Consistency.of(
                verdicts, cost, nodes.lag(), nodes.tables(), recorder.file().toString());
    }

    /** Ends the recording; the history is complete then. Does nothing the second time. */
    @Override
    public void close() {
        lag.close();
        probes.close();
        recorder.close();
    }
}
