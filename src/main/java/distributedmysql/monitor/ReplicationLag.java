package distributedmysql.monitor;

import distributedmysql.topology.Cluster;
import distributedmysql.topology.Node;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Function;

/**
 * Samples the lag of every replica of a cluster, three ways side by side; follows changes of roles. Each way and each
 * node has a thread and a connection of its own. Thread-safe; memory is bounded.
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

    /** Everything that is read of one node. */
    private record Replica(
            Node node,
            LagSeries series,
            CommitTimestamps timestamps,
            Map<LagSeries.Way, LagReading> readings,
            Map<LagSeries.Way, Sampler> samplers) {

        LagStatistics statistics(LagSeries.Way way) {
            return readings.get(way).statistics(samplers.get(way).overdue());
        }
    }

    private final Cluster cluster;
    private final Duration sampleInterval;
    private final Duration beatInterval;
    private final Beats beats;
    private final Sampler beatSampler;
    private final List<Replica> replicas = new ArrayList<>();

    /**
     * @param database exists and is the framework's own; the table {@code heartbeat} in it is created if it is absent
     * @param runStartNanos {@link System#nanoTime()} at the run's start: the zero of the series
     * @param sampleInterval of each of the three ways on each replica
     * @param beatInterval the probe's resolution; one small commit on the primary each
     * @throws IllegalArgumentException if an interval is not positive
     */
    public ReplicationLag(
            Cluster cluster, String database, long runStartNanos, Duration sampleInterval, Duration beatInterval) {
        this(
                cluster,
                pending -> new Heartbeat(cluster, database, pending),
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
            Cluster cluster, long runStartNanos, Duration sampleInterval, Duration beatInterval) {
        return new ReplicationLag(
                cluster,
                pending -> new PrimaryPositions(cluster, pending),
                runStartNanos,
                sampleInterval,
                beatInterval);
    }

    private ReplicationLag(
            Cluster cluster,
            Function<Map<Node, PendingBeats>, Beats> beats,
            long runStartNanos,
            Duration sampleInterval,
            Duration beatInterval) {
        this.cluster = cluster;
        this.sampleInterval = sampleInterval;
        this.beatInterval = beatInterval;
        Map<Node, PendingBeats> pending = new LinkedHashMap<>();
        cluster.nodes().forEach(node -> pending.put(node, new PendingBeats(SILENCE.toNanos())));
        this.beats = beats.apply(pending);
        this.beatSampler = new Sampler(this.beats.name(), beatInterval, this.beats);
        pending.forEach((node, unseen) -> replicas.add(replica(node, unseen, runStartNanos)));
    }

    private Replica replica(Node node, PendingBeats unseen, long runStartNanos) {
        LagSeries series = new LagSeries((System.nanoTime() - runStartNanos) / 1_000_000);
        CommitTimestamps timestamps = new CommitTimestamps(cluster);
        Map<LagSeries.Way, LagMeasure> measures = Map.of(
                LagSeries.Way.PROBE,
                (open, sentNanos) -> probe(node, open, sentNanos, unseen),
                LagSeries.Way.SERVER,
                timestamps,
                LagSeries.Way.SECONDS_BEHIND,
                new SecondsBehind(cluster));
        Map<LagSeries.Way, LagReading> readings = new EnumMap<>(LagSeries.Way.class);
        Map<LagSeries.Way, Sampler> samplers = new EnumMap<>(LagSeries.Way.class);
        measures.forEach((way, measure) -> {
            LagReading reading = new LagReading(cluster, node, way, measure, series, runStartNanos);
            readings.put(way, reading);
            samplers.put(way, new Sampler("lag of " + node.name() + ": " + way.label(), sampleInterval, reading));
        });
        return new Replica(node, series, timestamps, readings, samplers);
    }

    private OptionalLong probe(Node node, Connection replica, long sentNanos, PendingBeats unseen) throws SQLException {
        unseen.visible(beats.newestVisible(node, replica));
        OptionalLong nanos = unseen.lagNanos(sentNanos);
        return nanos.isPresent() ? OptionalLong.of(nanos.getAsLong() / 1_000) : nanos;
    }

    /**
     * Creates the heartbeat's table if it is absent and there is to be one, and begins to sample.
     *
     * @throws SQLException if the primary does not let the table be created; nothing runs then
     */
    public void start() throws SQLException {
        beats.prepare();
        samplers().forEach(Sampler::start);
    }

    /** What was measured so far; also after {@link #close()}. */
    public ReplicationLagResult result() {
        return new ReplicationLagResult(
                beatInterval.toNanos() / 1_000,
                beats.commitMicros(beatSampler.overdue()),
                replicas.stream()
                        .filter(this::wasReplica)
                        .map(ReplicationLag::result)
                        .toList(),
                samplers().stream().map(Sampler::counts).toList());
    }

    private boolean wasReplica(Replica replica) {
        LagStatistics probe = replica.statistics(LagSeries.Way.PROBE);
        return probe.samples() + probe.missing() > 0 || cluster.replicas().contains(replica.node);
    }

    private static ReplicaLag result(Replica replica) {
        return new ReplicaLag(
                replica.node.name(),
                replica.statistics(LagSeries.Way.PROBE),
                replica.timestamps.statistics(
                        replica.statistics(LagSeries.Way.SERVER),
                        replica.samplers.get(LagSeries.Way.SERVER).overdue()),
                replica.statistics(LagSeries.Way.SECONDS_BEHIND),
                replica.series.intervalMillis(),
                replica.series.points());
    }

    private List<Sampler> samplers() {
        List<Sampler> samplers = new ArrayList<>();
        samplers.add(beatSampler);
        replicas.forEach(replica -> samplers.addAll(replica.samplers.values()));
        return samplers;
    }

    /** Ends the sampling within about two seconds, also if servers are silent. The table and its rows stay. */
    @Override
    public void close() {
        Sampler.closeAll(samplers());
    }
}
