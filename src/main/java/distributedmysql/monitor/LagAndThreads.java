package distributedmysql.monitor;

import distributedmysql.mysql.BinlogPosition;
import distributedmysql.mysql.Mysql;
import distributedmysql.mysql.Node;
import distributedmysql.mysql.ReplicaGap;
import distributedmysql.time.Deadline;
import distributedmysql.topology.Await;
import distributedmysql.topology.ReplicaSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * How far the replicas lag, and how many threads run on each server, just now; for what should go slowly while servers are
 * busy. Writes nothing, and needs no privilege but, for what a replica will never get, REPLICATION CLIENT. Each server is
 * asked four times a second, over connections of its own. Thread-safe.
 *
 * <p>The lag is the age of the oldest {@code gtid_executed} of the primary, of those read since {@link #start}, that the
 * replica has not executed: the probe of {@link ReplicationLag#readOnly}, with all that is said there. A lag that was
 * there before the start is known only as long as this runs.
 */
public final class LagAndThreads implements AutoCloseable {
    private static final Duration INTERVAL = Duration.ofMillis(250);
    /** After this a reading tells nothing about now. */
    private static final Duration FRESH = Duration.ofSeconds(3);
    /** A replica that is behind for longer may lack what it never gets. */
    private static final Duration BEHIND = Duration.ofMillis(500);

    private static final Duration FIRST_READINGS = Duration.ofSeconds(2);
    private static final Duration PAUSE = Duration.ofMillis(10);
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);

    private record Threads(int running, Deadline old) {}

    private final ReplicaSet replicaSet;
    private final Object oneLook = new Object();
    private final Map<Node, PendingBeats> pending = new LinkedHashMap<>();
    private final Map<Node, NodeReading> readings = new LinkedHashMap<>();
    private final List<Sampler> samplers = new ArrayList<>();

    /** Of the nodes in their roles as they are now. */
    public LagAndThreads(ReplicaSet replicaSet) {
        this.replicaSet = replicaSet;
        Map<Node, ReplicaGap> gaps = new LinkedHashMap<>();
        for (Node node : replicaSet.nodes()) {
            pending.put(node, new PendingBeats(ReplicationLag.SILENCE.toNanos()));
            gaps.put(node, new ReplicaGap());
        }
        Beats beats = new PrimaryPositions(replicaSet, pending, gaps, new LoadWindow());
        samplers.add(new Sampler(beats.name(), INTERVAL, beats));
        for (Node node : replicaSet.nodes()) {
            NodeReading reading = new NodeReading(node, beats, pending.get(node), gaps.get(node));
            readings.put(node, reading);
            samplers.add(new Sampler("lag and threads of " + node.name(), INTERVAL, reading));
        }
    }

    /**
     * Returns when every server has been asked once, or after two seconds.
     *
     * @throws IllegalThreadStateException if called a second time
     */
    public void start() {
        samplers.forEach(Sampler::start);
        Await.of("the first answers of all servers", FIRST_READINGS)
                .every(PAUSE)
                .reached(() ->
                        readings.values().stream().allMatch(each -> each.fresh().isPresent()));
    }

    /** Empty if it is not known: the primary, or this node, cannot be asked. */
    public Optional<Duration> lag(Node replica) {
        // A lag that is not read any more would go on growing.
        return readings.get(replica).fresh().isEmpty()
                ? Optional.empty()
                : toOptional(pending.get(replica).lagNanos(System.nanoTime()));
    }

    private static Optional<Duration> toOptional(OptionalLong nanos) {
        return nanos.isPresent() ? Optional.of(Duration.ofNanos(nanos.getAsLong())) : Optional.empty();
    }

    /** {@code Threads_running}; empty if it is not known. */
    public OptionalInt threadsRunning(Node node) {
        return readings.get(node)
                .fresh()
                .map(threads -> OptionalInt.of(threads.running()))
                .orElse(OptionalInt.empty());
    }

    @Override
    public void close() {
        Sampler.closeAll(samplers);
    }

    private static int running(Mysql open) throws SQLException {
        return open.read("SHOW GLOBAL STATUS LIKE 'Threads_running'", row -> {
            row.next();
            return row.getInt(2);
        });
    }

    private final class NodeReading implements Sampler.Reading {
        private final Node node;
        private final Beats beats;
        private final PendingBeats unseen;
        private final ReplicaGap gap;
        private final NodeConnection connection;
        private volatile Threads newest;
        private Deadline nextLook = Deadline.after(BETWEEN_LOOKS);

        NodeReading(Node node, Beats beats, PendingBeats unseen, ReplicaGap gap) {
            this.node = node;
            this.beats = beats;
            this.unseen = unseen;
            this.gap = gap;
            this.connection = new NodeConnection(() -> node);
        }

        Optional<Threads> fresh() {
            Threads threads = newest;
            return threads == null || threads.old.hasPassed() ? Optional.empty() : Optional.of(threads);
        }

        @Override
        public void take() throws SQLException {
            unseen.visible(connection.use(open -> beats.newestVisible(node, open)));
            int running = connection.use(LagAndThreads::running);
            newest = new Threads(running, Deadline.after(FRESH));
            long behind = unseen.lagNanos(System.nanoTime()).orElse(0);
            if (behind > BEHIND.toNanos() && nextLook.hasPassed()) {
                nextLook = Deadline.after(BETWEEN_LOOKS);
                connection.use(this::look);
            }
        }

        private boolean look(Mysql open) throws SQLException {
            // One after the other: the primary has only one connection more, however many replicas lag.
            synchronized (oneLook) {
                try (Mysql source = Mysql.open(replicaSet.primary())) {
                    return gap.look(node, open, BinlogPosition.of(replicaSet.primary(), source));
                }
            }
        }

        @Override
        public void close() {
            connection.close();
        }
    }
}
