package distributedmysql.gatling;

import distributedmysql.check.CheckResult;
import distributedmysql.check.FailoverCheck;
import distributedmysql.check.FailoverFigures;
import distributedmysql.check.MeasuredPromotion;
import distributedmysql.check.SemiSyncFallback;
import distributedmysql.check.Verdict;
import distributedmysql.config.FailoverSettings;
import distributedmysql.config.ReplicationMode;
import distributedmysql.fault.FailoverManager;
import distributedmysql.fault.FaultRecord;
import distributedmysql.fault.LedgerTable;
import distributedmysql.fault.Nemesis;
import distributedmysql.fault.SemiSync;
import distributedmysql.history.RunClock;
import distributedmysql.report.Failover;
import distributedmysql.topology.Cluster;
import distributedmysql.topology.Node;
import distributedmysql.topology.Replication;
import distributedmysql.topology.TopologyException;
import distributedmysql.topology.external.Hook;
import io.gatling.javaapi.core.ActionBuilder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Failovers in one replication mode. {@link #begin}, {@link #round} and {@link #end} are called one after the other,
 * the rounds while the ledger's writes and reads arrive; what goes wrong is kept for checks and report. Thread-safe
 * apart from that, and nothing waits for a round in progress.
 */
public final class FailoverMode implements AutoCloseable {
    private static final long POLL_MILLIS = 20;

    private final Cluster cluster;
    private final ReplicationMode mode;
    private final FailoverSettings settings;
    private final Duration longestRequest;
    private final RunClock clock;
    private final Optional<Hook> promote;
    private final Function<Cluster, List<Nemesis.Planned>> further;
    private final Consumer<String> progress;
    private final LedgerTable table;
    private final LedgerClient client;
    private final List<FailoverRound> rounds = new CopyOnWriteArrayList<>();
    private int arrivals;
    private volatile Optional<SemiSync> semiSync = Optional.empty();
    private volatile long beganMicros = -1;
    private long loadEndedMicros;
    private volatile String error = "";
    private volatile FailoverFigures figures;

    /**
     * @param longestRequest how long after its arrival the last request may end
     * @param promote of servers that are not ours; empty where a failover manager of theirs promotes
     */
    FailoverMode(
            Cluster cluster,
            ReplicationMode mode,
            FailoverSettings settings,
            Duration longestRequest,
            LedgerTable table,
            RunClock clock,
            Optional<Hook> promote,
            Function<Cluster, List<Nemesis.Planned>> further,
            Consumer<String> progress) {
        this.cluster = cluster;
        this.mode = mode;
        this.settings = settings;
        this.longestRequest = longestRequest;
        this.clock = clock;
        this.promote = promote;
        this.further = further;
        this.progress = progress;
        this.table = table;
        this.client = new LedgerClient(table, clock);
    }

    /** For instance {@code failover after-sync}. */
    public String name() {
        return "failover " + mode.label();
    }

    /** A write with a number of its own to the primary; the user needs its route. */
    public ActionBuilder write() {
        return client.write();
    }

    /** A read of the newest rows of the user's replica; the user needs its route. */
    public ActionBuilder read() {
        return client.read();
    }

    /**
     * Makes the ledger's table and switches the replication mode, but for servers that are not ours; returns when all
     * replicas have both.
     */
    public void begin() {
        attempt(() -> {
            table.create(cluster.primary());
            if (mode.isSemiSync() && isOurs()) {
                semiSync = Optional.of(SemiSync.enable(cluster, mode, settings.semiSyncTimeout(), settings.deadline()));
            }
            Replication.awaitConvergence(cluster, settings.deadline());
        });
        beganMicros = clock.micros();
    }

    /**
     * Kills the primary after {@code stability.failover.before} and repairs what that broke; returns when all requests
     * of the rounds so far have ended.
     *
     * @param requests how many arrive in one round
     */
    public void round(long requests) {
        arrivals++;
        // Gatling sends this step's requests only when the step before has ended.
        long fromMicros = loadEndedMicros;
        // After a failure the servers may not be what a round starts from.
        if (error.isEmpty()) {
            attempt(() -> {
                FailoverRound round = new FailoverRound(
                        cluster,
                        settings,
                        clock,
                        mode.isSemiSync(),
                        fromMicros,
                        options -> FailoverManager.of(cluster, options, clock, semiSync, promote),
                        further);
                rounds.add(round);
                round.run();
                FailoverWords.of(round).forEach(line -> progress.accept(name() + ": " + line));
            });
        }
        awaitEnded(requests * arrivals);
        loadEndedMicros = clock.micros();
        rounds.forEach(round -> round.loadEnded(loadEndedMicros));
    }

    private boolean isOurs() {
        return cluster.replicationAccount().isPresent();
    }

    private void awaitEnded(long requests) {
        long deadline =
                System.nanoTime() + settings.after().plus(longestRequest).toNanos();
        while (client.ended() < requests && System.nanoTime() < deadline) {
            try {
                TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
        if (client.ended() < requests) {
            fail((requests - client.ended()) + " of " + requests + " requests have not ended");
        }
    }

    /** Reads every node, judges, and goes back to asynchronous replication. */
    public void end() {
        attempt(() -> persist(() -> Replication.awaitConvergence(cluster, settings.deadline())));
        for (Node node : cluster.nodes()) {
            Runnable read = () -> client.ledger().present(node.name(), table.ids(node));
            // One that does not replicate may be gone for good.
            boolean awaited =
                    node.equals(cluster.primary()) || cluster.replicas().contains(node);
            attempt(awaited ? () -> persist(read) : read);
        }
        if (semiSync.isPresent()) {
            attempt(() -> persist(() -> SemiSync.disable(cluster)));
        }
        if (rounds.size() < settings.rounds()) {
            fail(rounds.size() + " of " + settings.rounds() + " rounds were begun");
        }
        FailoverFigures measured =
                FailoverCheck.figures(client.ledger(), cluster.primary().name(), beganMicros, promotions());
        for (int i = 0; i < measured.rto().size(); i++) {
            FailoverFigures.Rto rto = measured.rto().get(i);
            String failover = "failover " + (i + 1) + " of " + measured.rto().size();
            if (rto.lastBeforeMicros() == null) {
                fail("no write was acknowledged before " + failover);
            }
            if (rto.firstAfterMicros() == null) {
                fail("no write was acknowledged after " + failover
                        + "; requests arrive for stability.failover.after = "
                        + settings.after().toMillis()
                        + " ms after the kill, which must be longer than a failover takes");
            }
        }
        // Last: from now on the mode counts as measured.
        figures = measured;
    }

    private List<MeasuredPromotion> promotions() {
        return promoted().map(round -> round.measured()).toList();
    }

    private Stream<FailoverRound> promoted() {
        return rounds.stream().filter(round -> round.record() != null);
    }

    /** Until the deadline: the verdict must not hang on one connection that was refused. */
    private void persist(Runnable step) {
        long deadline = System.nanoTime() + settings.deadline().toNanos();
        while (true) {
            try {
                step.run();
                return;
            } catch (TopologyException e) {
                if (System.nanoTime() > deadline || Thread.currentThread().isInterrupted()) {
                    throw e;
                }
            }
        }
    }

    private void attempt(Runnable step) {
        try {
            step.run();
        } catch (TopologyException e) {
            fail(e.getMessage());
        }
    }

    private void fail(String reason) {
        progress.accept(name() + ": " + reason);
        error = error.isEmpty() ? reason : error + "; " + reason;
    }

    /** To be made after {@link #end}. */
    List<Check> checks() {
        return checkNames(mode).stream()
                .map(name -> new Check(name, () -> result(name)))
                .toList();
    }

    static List<String> checkNames(ReplicationMode mode) {
        List<String> names = new ArrayList<>(FailoverCheck.names(mode));
        if (mode.isSemiSync()) {
            names.add(SemiSyncFallback.name(mode));
        }
        return names;
    }

    private CheckResult result(String name) {
        if (figures == null) {
            return CheckResult.unknown(name, "the failovers did not run to their end");
        }
        OptionalLong maxLost = settings.maxLost().isPresent()
                ? OptionalLong.of(settings.maxLost().getAsInt())
                : OptionalLong.empty();
        List<CheckResult> results = new ArrayList<>(FailoverCheck.check(figures, mode, maxLost));
        results.add(FailoverCheck.everyNode(
                figures, mode, cluster.nodes().stream().map(Node::name).toList()));
        results.add(SemiSyncFallback.check(
                mode, rounds.stream().map(FailoverRound::readings).toList()));
        CheckResult result = results.stream()
                .filter(any -> any.name().equals(name))
                .findFirst()
                .orElseThrow();
        // What was seen may be all right, but not everything was seen.
        return result.verdict() == Verdict.VALID && !error.isEmpty()
                ? CheckResult.unknown(name, error + "; " + result.evidence())
                : result;
    }

    /** So far. */
    List<FaultRecord> faults() {
        return rounds.stream().flatMap(round -> round.faults().stream()).toList();
    }

    /** Null if it did not run to its end. */
    Failover report() {
        if (figures == null) {
            return null;
        }
        return new FailoverReports(clock, figures)
                .mode(mode, error, beganMicros, promoted().toList());
    }

    @Override
    public void close() {
        rounds.forEach(FailoverRound::close);
        client.close();
    }
}
