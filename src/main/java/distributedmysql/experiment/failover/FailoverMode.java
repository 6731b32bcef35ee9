package distributedmysql.experiment.failover;

import distributedmysql.check.CheckResult;
import distributedmysql.check.Doubt;
import distributedmysql.check.Verdict;
import distributedmysql.config.ReplicationMode;
import distributedmysql.fault.FaultRecord;
import distributedmysql.history.EventLog;
import distributedmysql.history.RunClock;
import distributedmysql.ledger.LedgerLoad;
import distributedmysql.ledger.PlannedOutage;
import distributedmysql.monitor.LoadTime;
import distributedmysql.mysql.Node;
import distributedmysql.mysql.TopologyException;
import distributedmysql.report.LimitedByCap;
import distributedmysql.run.Check;
import distributedmysql.run.RunServers;
import distributedmysql.run.Timing;
import distributedmysql.topology.Ending;
import distributedmysql.topology.ReplicaSet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Failovers in one replication mode. {@link #begin}, {@link #round} and {@link #end} are called one after the other,
 * the rounds while the ledger's writes and reads arrive; what goes wrong is kept for checks and report. Thread-safe
 * apart from that, and nothing waits for a round in progress.
 */
public final class FailoverMode implements AutoCloseable {
    /** The one whose primary is killed. */
    private final ReplicaSet replicaSet;

    private final OtherShards otherShards;
    private final ReplicationMode mode;
    private final FailoverPlan plan;
    private final FailoverSettings settings;
    private final EventLog events;
    private final RunClock clock;
    private final Consumer<String> progress;
    private final LedgerLoad load;
    private final FailoverServers servers;
    private final List<FailoverRound> rounds = new CopyOnWriteArrayList<>();
    private final UnfinishedRounds unfinished;
    private final List<Integer> notPlayed = new ArrayList<>();
    /** Why no round can be played; empty if one can. */
    private volatile String notReady = "";

    private int begun;
    private long arrived;
    private volatile boolean closed;
    private volatile long beganMicros = -1;
    private volatile long beganNanos;
    private long loadEndedMicros;
    private volatile long loadEndedNanos;
    private volatile String error = "";
    private volatile LoadTime time;
    private volatile FailoverFigures figures;

    public FailoverMode(
            RunServers runServers,
            ReplicationMode mode,
            FailoverPlan plan,
            EventLog events,
            Consumer<String> progress) {
        this.replicaSet = runServers.replicaSet();
        this.mode = mode;
        this.plan = plan;
        this.settings = plan.settings();
        this.events = events;
        this.clock = events.clock();
        this.progress = progress;
        this.load =
                new LedgerLoad(runServers, plan.ledger(), clock, new PlannedOutage("failover", this::isPlannedOutage));
        this.otherShards = new OtherShards(runServers.deployment().shards(), load);
        this.unfinished = new UnfinishedRounds(plan.replicator());
        this.servers = new FailoverServers(replicaSet, mode, settings, plan.replicator());
    }

    /** For instance {@code failover after-sync}. */
    public String name() {
        return "failover " + mode.label();
    }

    /** The numbered writes and reads. */
    LedgerLoad load() {
        return load;
    }

    /**
     * Makes the ledger's table and switches the replication mode, but for servers that are not ours; returns when all
     * replicas have both. What an earlier mode's failover has left of servers that are ours is brought back first.
     */
    public void begin() {
        attempt("", () -> {
            servers.prepare();
            load.create();
        });
        notReady = error;
        beganMicros = clock.micros();
        beganNanos = System.nanoTime();
    }

    /** Whether a round can be played; without one, no load may arrive. */
    boolean isReady() {
        return notReady.isEmpty();
    }

    /**
     * Kills the primary after {@code failover.before} and repairs what that broke; returns when all requests so far have
     * ended. A round that fails does not keep the next one from being played, if the servers can be brought back.
     *
     * @param requests how many arrive in one round, if the servers are {@linkplain #isReady ready} for it
     */
    public void round(long requests) {
        begun++;
        if (!isReady()) {
            notPlayed.add(begun);
            return;
        }
        String name = "round " + begun + ": ";
        arrived += requests;
        // Gatling sends this step's requests only when the step before has ended.
        long fromMicros = loadEndedMicros;
        String problem = attempt(name, () -> play(fromMicros));
        Duration deadline = settings.after().plus(plan.ledger().longestRequest());
        attempt(name, () -> load.awaitEnded(arrived, deadline));
        loadEndedMicros = clock.micros();
        loadEndedNanos = System.nanoTime();
        rounds.forEach(round -> round.loadEnded(loadEndedMicros));
        if (!problem.isEmpty() && !closed) {
            notReady = plan.replicator().commands() ? attempt(name, servers::prepare) : problem;
        }
    }

    private void play(long fromMicros) {
        FailoverRound round = new FailoverRound(replicaSet, plan, events, mode.isSemiSync(), fromMicros);
        rounds.add(round);
        unfinished.run(rounds.size(), round);
        round.lines().forEach(line -> progress.accept(name() + ": " + line));
    }

    private boolean isPlannedOutage(long arrivedMicros, long endedMicros) {
        return rounds.stream().anyMatch(round -> round.isOutage(arrivedMicros, endedMicros));
    }

    /** Reads every node, if anything was sent, ends the load, and goes back to asynchronous replication. */
    public void end() {
        if (arrived > 0) {
            readEveryNode();
        }
        load.close();
        attempt("", plan.replicator()::disable);
        if (!notPlayed.isEmpty()) {
            fail("not played: "
                    + notPlayed.stream().map(round -> "round " + round).collect(Collectors.joining(", "))
                    + ", because after what went wrong before "
                    + (plan.replicator().commands()
                            ? "the servers could not be brought back"
                            : "the servers are the user's, and are not harmed again"));
        }
        FailoverFigures measured =
                FailoverCheck.figures(load.ledger(), replicaSet.primary().name(), beganMicros, promotions());
        LimitedByCap limited = limitedByCap();
        for (int i = 0; i < measured.rto().size(); i++) {
            FailoverFigures.Rto rto = measured.rto().get(i);
            String failover = "failover " + (i + 1) + " of " + measured.rto().size();
            if (rto.lastBeforeMicros() == null) {
                fail("no write was acknowledged before " + failover);
            }
            if (rto.firstAfterMicros() == null) {
                fail("no write was acknowledged after " + failover
                        + "; requests arrive for failover.after = "
                        + settings.after().toMillis()
                        + " ms after the kill, which must be longer than a failover takes"
                        + (limited == null ? "" : "; " + limited.reason() + ", for which writes may have waited"));
            }
        }
        time = new LoadTime(beganNanos, System.nanoTime());
        // Last: from now on the mode counts as measured.
        figures = measured;
    }

    private void readEveryNode() {
        attempt("", servers::awaitConvergence);
        attempt("", () -> otherShards.awaitConvergence(settings.deadline()));
        replicaSet.nodes().forEach(node -> attempt("", () -> load.present(node, servers.patience(node))));
        otherShards.nodes().forEach(node -> attempt("", () -> load.present(node, settings.deadline())));
    }

    private List<MeasuredPromotion> promotions() {
        return promoted().map(round -> round.measured()).toList();
    }

    private Stream<FailoverRound> promoted() {
        return rounds.stream().filter(round -> round.record() != null);
    }

    /** @return what went wrong; empty if nothing did */
    private String attempt(String what, Runnable step) {
        try {
            Ending.refuse(name());
            step.run();
            return "";
        } catch (TopologyException e) {
            fail(what + e.getMessage());
            return e.getMessage();
        }
    }

    private void fail(String reason) {
        // After Ctrl-C every step says the same.
        if (!Ending.hasBegun()) {
            progress.accept(name() + ": " + reason);
        }
        error = error.isEmpty() ? reason : error + "; " + reason;
    }

    /** To be made after {@link #end}. */
    List<Check> checks() {
        return checkNames(mode, otherShards.exist()).stream()
                .map(name -> new Check(name, FailoverMeanings.of(name), () -> result(name)).ofEvidence(this::times))
                .toList();
    }

    private List<Timing> times() {
        return time == null ? List.of() : List.of(new Timing(name(), time, Timing.SOME));
    }

    /** @param sharded whether there are shards whose primary is not killed */
    static List<String> checkNames(ReplicationMode mode, boolean sharded) {
        List<String> names = new ArrayList<>(FailoverCheck.names(mode));
        if (mode.isSemiSync()) {
            names.add(SemiSyncFallback.name(mode));
        }
        if (sharded) {
            names.add(OtherShards.name(mode));
        }
        return names;
    }

    private CheckResult result(String name) {
        if (figures == null) {
            return CheckResult.unknown(name, Doubt.NOT_PLAYED, "the failovers did not run to their end");
        }
        OptionalLong maxLost = settings.maxLost().isPresent()
                ? OptionalLong.of(settings.maxLost().getAsInt())
                : OptionalLong.empty();
        List<CheckResult> results = new ArrayList<>(FailoverCheck.check(figures, mode, maxLost));
        results.add(FailoverCheck.everyNode(
                figures, mode, replicaSet.nodes().stream().map(Node::name).toList()));
        results.add(SemiSyncFallback.check(
                mode, rounds.stream().map(FailoverRound::readings).toList()));
        if (otherShards.exist()) {
            results.add(otherShards.check(mode));
        }
        CheckResult result = results.stream()
                .filter(any -> any.name().equals(name))
                .findFirst()
                .orElseThrow();
        // What was seen proves what is wrong, but not that all is right: not everything was seen.
        return result.verdict() != Verdict.INVALID && !error.isEmpty()
                ? CheckResult.unknown(
                        name,
                        Ending.hasBegun() ? Doubt.NOT_PLAYED : Doubt.SERVERS_FAILED,
                        error + "; " + result.evidence())
                : result;
    }

    /** So far. */
    List<FaultRecord> faults() {
        return rounds.stream().flatMap(round -> round.faults().stream()).toList();
    }

    /** Null if no round was begun, or none failed and it did not run to its end. */
    Failover report() {
        if (figures == null) {
            return unfinished.unmeasured(mode, error, FailoverReports.instant(clock, beganMicros));
        }
        return new FailoverReports(clock, load.ledger(), figures)
                .mode(mode, error, beganMicros, promoted().toList(), unfinished.all(), limitedByCap());
    }

    private LimitedByCap limitedByCap() {
        return LimitedByCap.of(replicaSet.primary().cap().use(beganNanos, loadEndedNanos));
    }

    @Override
    public void close() {
        closed = true;
        rounds.forEach(FailoverRound::close);
        unfinished.addInterrupted(rounds);
        load.close();
    }
}
