package distributedmysql.monitor;

import distributedmysql.mysql.Node;
import distributedmysql.mysql.ReplicaGap;
import distributedmysql.topology.ReplicaSet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Everything that is read of one node while it is a replica; see {@link ReplicationLag}. */
final class SampledReplica {
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);

    private final ReplicaSet replicaSet;
    private final Node node;
    private final ReplicaGap gap;
    private final LagGaps gaps;
    private final Sampler gapSampler;
    private final LagSeries series;
    private final CommitTimestamps timestamps;
    private final Map<LagSeries.Way, LagReading> readings = new EnumMap<>(LagSeries.Way.class);
    private final Map<LagSeries.Way, Sampler> samplers = new EnumMap<>(LagSeries.Way.class);

    SampledReplica(
            ReplicaSet replicaSet,
            Node node,
            ReplicaGap gap,
            LagMeasure probe,
            long runStartNanos,
            Duration interval,
            LoadWindow load) {
        this.replicaSet = replicaSet;
        this.node = node;
        this.gap = gap;
        this.gaps = new LagGaps(replicaSet, node, gap);
        this.gapSampler = new Sampler("what " + node.name() + " never gets", BETWEEN_LOOKS, gaps);
        this.series = new LagSeries((System.nanoTime() - runStartNanos) / 1_000_000);
        this.timestamps = new CommitTimestamps(replicaSet, load);
        Map<LagSeries.Way, LagMeasure> measures = Map.of(
                LagSeries.Way.PROBE, probe,
                LagSeries.Way.SERVER, timestamps,
                LagSeries.Way.SECONDS_BEHIND, new SecondsBehind(replicaSet));
        measures.forEach((way, measure) -> {
            LagReading reading = new LagReading(replicaSet, node, way, measure, series, runStartNanos, load);
            readings.put(way, reading);
            samplers.put(way, new Sampler("lag of " + node.name() + ": " + way.label(), interval, reading));
        });
    }

    LagGaps gaps() {
        return gaps;
    }

    List<Sampler> samplers() {
        List<Sampler> all = new ArrayList<>(samplers.values());
        all.add(gapSampler);
        return all;
    }

    /** Whether it is a replica, or was one while the load ran. */
    boolean wasReplica() {
        LagStatistics probe = statistics(LagSeries.Way.PROBE);
        return probe.samples() + probe.missing() > 0 || replicaSet.replicas().contains(node);
    }

    ReplicaLag result() {
        String neverGets = gap.gtids();
        return new ReplicaLag(
                node.name(),
                neverGets.isEmpty() ? null : neverGets,
                statistics(LagSeries.Way.PROBE),
                timestamps.statistics(
                        statistics(LagSeries.Way.SERVER),
                        samplers.get(LagSeries.Way.SERVER).overdue()),
                statistics(LagSeries.Way.SECONDS_BEHIND),
                series.intervalMillis(),
                series.points());
    }

    private LagStatistics statistics(LagSeries.Way way) {
        return readings.get(way).statistics(samplers.get(way).overdue());
    }
}
