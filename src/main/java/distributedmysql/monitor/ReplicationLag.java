package distributedmysql.monitor;

import distributedmysql.mysql.Mysql;
import distributedmysql.mysql.Node;
import distributedmysql.mysql.ReplicaGap;
import distributedmysql.topology.Await;
import distributedmysql.topology.ReplicaSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Samples the lag of every replica of a replica set, three ways side by side; follows changes of roles. Each way and each
 * node has a thread and a connection of its own. Statistics are of the time in which the load runs ({@link #loadBegins});
 * the series has what comes before and after, too. Thread-safe; memory is bounded.
 *
 * <p><b>probe</b>: a heartbeat row is written on the primary every {@code beatInterval}, and the client notes when each
 * commit was acknowledged. At client time <i>t</i>, when a read of the row is sent to the replica, the lag is <i>t</i>
 * minus the acknowledgement of the oldest acknowledged beat that the read does not show; 0 if it shows all of them.
 * Only the client's monotonic clock is used. It never says more than the true lag, and less by at most the time between
 * two acknowledged beats, the time that the beat's commit took to be acknowledged, and the time of the read: a lag
 * shorter than that may read as 0. (After a standstill of many minutes see {@link PendingBeats}.) While applier or
 * receiver stands still it grows by one second per second. Beats that were sent but not acknowledged do not count.
 * While the primary acknowledges none, a replica that lacks an acknowledged one goes on growing, and one that shows
 * them all reads 0 for {@link #SILENCE} and then has no value, because nothing is known any more. A replica that cannot
 * be read has no value. A beat that was lost in a failover counts as shown when a later one is.
 *
 * <p>Where nothing may be written ({@link #readOnly}), a beat is the primary's {@code gtid_executed} as read every
 * {@code beatInterval}, and a replica shows it when it has executed all of it. All of the above holds likewise; a replica
 * of a primary that commits nothing reads 0.
 *
 * <p>What the primary had executed and a replica will never get ({@link ReplicaGap}: it was loaded without its GTIDs and
 * follows by file and position) is no lag: it is named instead, and the probe is of everything else. What such a replica
 * lacks is looked for before the sampling begins and once a second after it. Until a transaction that it was made to
 * skip meanwhile is known to be one, about two seconds, it counts as lag.
 *
 * <p><b>server</b>: of the newest transaction that the replica has applied (of several appliers the one that ended
 * last) on its channel from the primary, from the server's own commit timestamps: {@code transport} from the original
 * commit to the end of its queueing in the relay log, {@code queue} from there to the beginning of its application,
 * {@code apply} from there to its end, {@code total} all three. A transaction is counted once; without a newly applied
 * one there is no value: an idle or a standing replica has no lag of this kind, nor has one whose performance schema is
 * off. The replica keeps only the newest queued transaction, so under load the split between transport and queue is
 * that of the nearest one seen, committed at most one second away. {@code transport} and {@code total} compare two
 * hosts' clocks: if these disagree they are wrong by the difference and may be negative; they are reported as they are.
 * {@code queue} can be slightly negative for a large transaction whose application begins while it is still being
 * queued. Columns: <a href="https://dev.mysql.com/doc/refman/8.4/en/performance-schema-replication-tables.html">manual,
 * 29.12.11</a>.
 *
 * <p><b>secondsBehind</b>: {@code Seconds_Behind_Source} of the channel from the primary, in whole seconds; no value where
 * it is NULL.
 *
 * <p>Known limit of a delayed replica: {@code SOURCE_DELAY=N} rounds the commit time up to a whole second and sleeps
 * whole seconds ({@code sql_delay_event} in rpl_replica.cc), so under steady writes the true lag is not N but swings
 * between N and N + 2 seconds.
 */
public final class ReplicationLag implements AutoCloseable {
    /** With no acknowledged beat for this long, "all acknowledged beats are visible" is no evidence of no lag. */
    public static final Duration SILENCE = Duration.ofSeconds(1);

    /** What a replica lacks is under way, or it stands still, if it has not passed the primary's position by then. */
    private static final Duration LONGEST_FIRST_LOOK = Duration.ofSeconds(2);

    private static final Duration PAUSE = Duration.ofMillis(50);

    /** How the beats are made of what they share with the readings. */
    private interface BeatsOf {
        Beats make(Map<Node, PendingBeats> pending, Map<Node, ReplicaGap> gaps, LoadWindow load);
    }

    private final long runStartNanos;
    private final Duration beatInterval;
    private final LoadWindow load = new LoadWindow();
    private final Beats beats;
    private final Sampler beatSampler;
    private final List<SampledReplica> replicas = new ArrayList<>();

    /**
     * @param database exists and is the framework's own; the table {@code heartbeat} in it is created if it is absent
     * @param runStartNanos {@link System#nanoTime()} at the run's start: the zero of the series
     * @param sampleInterval of each of the three ways on each replica
     * @param beatInterval the probe's resolution; one small commit on the primary each
     * @throws IllegalArgumentException if an interval is not positive
     */
    public ReplicationLag(
            ReplicaSet replicaSet,
            String database,
            long runStartNanos,
            Duration sampleInterval,
            Duration beatInterval) {
        this(
                replicaSet,
                (pending, gaps, load) -> new Heartbeat(replicaSet, database, pending, load),
                runStartNanos,
                sampleInterval,
                beatInterval);
    }

    /**
     * Writes nothing.
     *
     * @param beatInterval the probe's resolution; one reading of the primary each
     */
    public static ReplicationLag readOnly(
            ReplicaSet replicaSet, long runStartNanos, Duration sampleInterval, Duration beatInterval) {
        return new ReplicationLag(
                replicaSet,
                (pending, gaps, load) -> new PrimaryPositions(replicaSet, pending, gaps, load),
                runStartNanos,
                sampleInterval,
                beatInterval);
    }

    private ReplicationLag(
            ReplicaSet replicaSet, BeatsOf beats, long runStartNanos, Duration sampleInterval, Duration beatInterval) {
        this.runStartNanos = runStartNanos;
        this.beatInterval = beatInterval;
        Map<Node, PendingBeats> pending = new LinkedHashMap<>();
        Map<Node, ReplicaGap> gaps = new LinkedHashMap<>();
        for (Node node : replicaSet.nodes()) {
            pending.put(node, new PendingBeats(SILENCE.toNanos()));
            gaps.put(node, new ReplicaGap());
        }
        this.beats = beats.make(pending, gaps, load);
        this.beatSampler = new Sampler(this.beats.name(), beatInterval, this.beats);
        pending.forEach((node, unseen) -> {
            LagMeasure probe = (open, sentNanos) -> probe(node, open, sentNanos, unseen);
            replicas.add(
                    new SampledReplica(replicaSet, node, gaps.get(node), probe, runStartNanos, sampleInterval, load));
        });
    }

    private OptionalLong probe(Node node, Mysql replica, long sentNanos, PendingBeats unseen) throws SQLException {
        unseen.visible(beats.newestVisible(node, replica));
        OptionalLong nanos = unseen.lagNanos(sentNanos);
        return nanos.isPresent() ? OptionalLong.of(nanos.getAsLong() / 1_000) : nanos;
    }

    /**
     * Creates the heartbeat's table if it is absent and there is to be one, and begins to sample. Takes at most about two
     * seconds longer where a replica lacks transactions.
     *
     * @throws SQLException if the primary does not let the table be created; nothing runs then
     */
    public void start() throws SQLException {
        beats.prepare();
        lookForGaps();
        samplers().forEach(Sampler::start);
    }

    private void lookForGaps() {
        List<SampledReplica> unknown = new ArrayList<>(replicas);
        Await.of("what the replicas lack and will never get", LONGEST_FIRST_LOOK)
                .every(PAUSE)
                .reached(() -> {
                    unknown.removeIf(ReplicationLag::isGapKnown);
                    return unknown.isEmpty();
                });
    }

    private static boolean isGapKnown(SampledReplica replica) {
        try {
            return replica.gaps().look();
        } catch (SQLException e) {
            // Its sampler will fail likewise, and say why.
            return true;
        }
    }

    /**
     * The load begins: from now on readings count in the statistics, until it has run for so long or {@link #loadEnds}, for
     * instance because what was begun under it must still be answered.
     */
    public void loadBegins(Duration planned) {
        load.begins(System.nanoTime(), planned);
    }

    /** The load has ended, if not before. */
    public void loadEnds() {
        load.ends(System.nanoTime());
    }

    /** What was measured so far; also after {@link #close()}. */
    public ReplicationLagResult result() {
        Optional<LoadTime> time = load.time();
        return new ReplicationLagResult(
                time.map(span -> millis(span.fromNanos())).orElse(null),
                time.map(span -> millis(span.toNanos())).orElse(null),
                beats.isIdle(),
                beatInterval.toNanos() / 1_000,
                beats.micros(beatSampler.overdue()),
                replicas.stream()
                        .filter(SampledReplica::wasReplica)
                        .map(SampledReplica::result)
                        .toList(),
                samplers().stream().map(Sampler::counts).toList());
    }

    /** The time that the statistics are of; empty before {@link #loadBegins}. */
    public Optional<LoadTime> loadTime() {
        return load.time();
    }

    private long millis(long nanos) {
        return (nanos - runStartNanos) / 1_000_000;
    }

    private List<Sampler> samplers() {
        List<Sampler> samplers = new ArrayList<>();
        samplers.add(beatSampler);
        replicas.forEach(replica -> samplers.addAll(replica.samplers()));
        return samplers;
    }

    /** Ends the sampling within about two seconds, also if servers are silent. The table and its rows stay. */
    @Override
    public void close() {
        loadEnds();
        Sampler.closeAll(samplers());
    }
}
