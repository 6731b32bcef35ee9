package distributedmysql.experiment.consistency;

import distributedmysql.gatling.internal.BlockingAction;
import distributedmysql.gatling.internal.BlockingAction.Requests;
import distributedmysql.history.HistoryRecorder;
import distributedmysql.history.Probe;
import distributedmysql.history.Read;
import distributedmysql.history.RunClock;
import distributedmysql.history.Strategy;
import distributedmysql.history.Write;
import distributedmysql.load.ConnectionPools;
import distributedmysql.load.NodePool;
import distributedmysql.load.data.ProbeTable;
import distributedmysql.mysql.Mysql;
import distributedmysql.mysql.Node;
import distributedmysql.mysql.TopologyException;
import distributedmysql.topology.Ending;
import distributedmysql.topology.ReplicaSet;
import distributedmysql.topology.Wait;
import io.gatling.javaapi.core.ActionBuilder;
import java.sql.SQLException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.HdrHistogram.AtomicHistogram;

/**
 * The consistency probes as Gatling actions. They write to the primary and poll the replicas, and only record; the
 * checkers judge the history afterwards. Thread-safe.
 */
public final class Probes implements AutoCloseable {
    /** The session key of a {@link Round}. */
    public static final String ROUND = "round";

    /** Reads after the first fresh one: only the last stale read counts. */
    private static final int CONFIRMING_POLLS = 3;

    private static final int CLOSE_SECONDS = 5;

    /** What one user does: under which strategy, on which replica, and after which delay. */
    public record Round(Strategy strategy, Node replica, Duration delay) {}

    /** A key that may be written again, and the version that it has. */
    private record Written(long key, long version) {}

    private final ReplicaSet replicaSet;
    private final ConnectionPools pools;
    private final ConsistencySettings settings;
    private final ProbeTable table;
    private final HistoryRecorder recorder;
    private final RunClock clock;
    private final ProbeClient client;
    private final Runnable onBegin;
    private final AtomicBoolean begun = new AtomicBoolean();
    private final ExecutorService threads = BlockingAction.threads("probe");
    private final AtomicLong keys = new AtomicLong();
    private final AtomicLong ended = new AtomicLong();
    private final AtomicInteger sessions = new AtomicInteger();
    private final Queue<Written> free = new ConcurrentLinkedQueue<>();

    /** @param onBegin is called once, by the first probe */
    Probes(
            ReplicaSet replicaSet,
            ConnectionPools pools,
            ConsistencySettings settings,
            ProbeTable table,
            HistoryRecorder recorder,
            RunClock clock,
            Runnable onBegin) {
        this.replicaSet = replicaSet;
        this.pools = pools;
        this.settings = settings;
        this.table = table;
        this.recorder = recorder;
        this.clock = clock;
        this.onBegin = onBegin;
        this.client = new ProbeClient(table, recorder, clock, settings.gtidWaitTimeout());
    }

    /** Writes, and reads once, the planned delay after the acknowledgement. Needs a {@link Round} under {@link #ROUND}. */
    public ActionBuilder readAfterWrite() {
        return action("read after write", (session, requests) -> {
            Round round = session.get(ROUND);
            Write write = write(session.userId(), Probe.DELAYED_READ, requests);
            if (!write.ending().isOk()) {
                return;
            }
            NodePool pool = round.strategy() == Strategy.PRIMARY ? primary() : pools.of(round.replica());
            if (!clock.sleepUntil(write.call().completeMicros() + micros(round.delay()))) {
                return;
            }
            client.read(
                    pool,
                    session.userId(),
                    Probe.DELAYED_READ,
                    write.call().key(),
                    round.strategy(),
                    after(write, round.delay()),
                    write.gtid(),
                    requests);
            free.add(new Written(write.call().key(), write.version()));
        });
    }

    /** Writes, and reads one replica until it has shown the write. Needs a {@link Round} under {@link #ROUND}. */
    public ActionBuilder untilVisible() {
        return action("until visible", (session, requests) -> {
            Round round = session.get(ROUND);
            Write write = write(session.userId(), Probe.POLL, requests);
            if (write.ending().isOk()) {
                poll(session.userId(), write, pools.of(round.replica()), requests);
                free.add(new Written(write.call().key(), write.version()));
            }
        });
    }

    private void poll(long process, Write write, NodePool pool, Requests requests) {
        long deadline =
                write.call().completeMicros() + micros(settings.visibility().deadline());
        int fresh = 0;
        boolean goesOn;
        do {
            Read read = client.read(
                    pool,
                    process,
                    Probe.POLL,
                    write.call().key(),
                    Strategy.REPLICA,
                    after(write, Duration.ZERO),
                    "",
                    requests);
            fresh = read.isTrustworthy() && read.answer().version() >= write.version() ? fresh + 1 : 0;
            Duration since = Duration.of(clock.micros() - write.call().completeMicros(), ChronoUnit.MICROS);
            goesOn = clock.sleepUntil(
                    clock.micros() + micros(settings.visibility().pause(since)));
        } while (goesOn && fresh <= CONFIRMING_POLLS && clock.micros() < deadline);
    }

    /** One cycle of the session under the key {@link #ROUND}. */
    public ActionBuilder sessionCycle() {
        return action("session", (session, requests) -> {
            ProbeSession own = session.get(ROUND);
            own.cycle(client, session.userId(), requests);
        });
    }

    /** Two sessions that observe each other. */
    public List<ProbeSession> pair(Strategy strategy) {
        ProbeSession.Pair pair = new ProbeSession.Pair(keys.getAndAdd(4) + 1, settings.gtidWaitTimeout());
        return List.of(session(pair, 0, strategy), session(pair, 1, strategy));
    }

    private ProbeSession session(ProbeSession.Pair pair, int number, Strategy strategy) {
        List<Node> replicas = replicaSet.replicas();
        NodePool sticky = pools.of(replicas.get(sessions.getAndIncrement() % replicas.size()));
        return new ProbeSession(pair, number, strategy, primary(), chosen -> switch (chosen) {
            case PRIMARY -> primary();
            case STICKY -> sticky;
            case REPLICA, GTID_WAIT -> anyReplica();
        });
    }

    /**
     * Reads every key that was written, on every node that answers. Call it when nothing writes any more.
     *
     * @param progress is told of a node that cannot be read
     */
    void readFinally(Consumer<String> progress) {
        for (Node node : replicaSet.nodes()) {
            Ending.refuse("the final reads of " + node);
            Strategy strategy = node.equals(replicaSet.primary()) ? Strategy.PRIMARY : Strategy.REPLICA;
            FinalReads reads = new FinalReads(node.name(), strategy, recorder, clock);
            // Not from the pool: there, the time of a statement is limited.
            Wait wait = Wait.until(node + ": the final reads", "until every key has been read");
            try (wait;
                    Mysql session = Mysql.open(node)) {
                table.readAll(session, reads::found);
                reads.missingUpTo(keys.get());
            } catch (SQLException e) {
                // The checker will find that final reads are missing.
                progress.accept("consistency: " + node + " cannot be read to the end: " + TopologyException.reason(e));
            }
        }
    }

    /** How many probes (rounds and cycles) have ended. */
    long ended() {
        return ended.get();
    }

    /** How long answered reads took, by strategy. */
    Map<Strategy, AtomicHistogram> cost() {
        return client.cost();
    }

    /** Inserts a new key or, as often, updates one whose round has ended: a key has one writer at a time. */
    private Write write(long process, Probe probe, Requests requests) {
        Written earlier = ThreadLocalRandom.current().nextBoolean() ? free.poll() : null;
        long key = earlier == null ? keys.incrementAndGet() : earlier.key();
        long version = earlier == null ? 1 : earlier.version() + 1;
        return client.write(primary(), process, probe, key, version, Write.Basis.NONE, requests);
    }

    private static Read.After after(Write write, Duration delay) {
        return new Read.After(write.version(), write.call().completeMicros(), micros(delay));
    }

    private NodePool primary() {
        return pools.forWrites(replicaSet);
    }

    private NodePool anyReplica() {
        return pools.forReads(replicaSet, ThreadLocalRandom.current().nextInt(Integer.MAX_VALUE));
    }

    private static long micros(Duration duration) {
        return duration.toNanos() / 1_000;
    }

    private ActionBuilder action(String name, BlockingAction.Body body) {
        BlockingAction factory = new BlockingAction(name, threads, (session, requests) -> {
            if (begun.compareAndSet(false, true)) {
                onBegin.run();
            }
            try {
                body.run(session, requests);
            } finally {
                ended.incrementAndGet();
            }
        });
        return () -> factory;
    }

    /** Ends what still runs, within seconds, and records the writes that are under way as of unknown outcome. */
    @Override
    public void close() {
        threads.shutdownNow();
        try {
            threads.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        client.giveUp();
    }
}
