package distributedmysql.monitor;

import distributedmysql.mysql.Node;
import distributedmysql.topology.ReplicaSet;
import java.sql.SQLException;
import java.util.OptionalLong;

/** Reads one way of measuring from one node, while that node is a replica; keeps the statistics and the series. */
final class LagReading implements Sampler.Reading {
    private final ReplicaSet replicaSet;
    private final Node node;
    private final LagSeries.Way way;
    private final LagMeasure measure;
    private final LagSeries series;
    private final long runStartNanos;
    private final NodeConnection connection;
    private final LagRecorder recorder;

    LagReading(
            ReplicaSet replicaSet,
            Node node,
            LagSeries.Way way,
            LagMeasure measure,
            LagSeries series,
            long runStartNanos,
            LoadWindow load) {
        this.replicaSet = replicaSet;
        this.node = node;
        this.way = way;
        this.measure = measure;
        this.series = series;
        this.runStartNanos = runStartNanos;
        this.connection = new NodeConnection(() -> node);
        this.recorder = new LagRecorder(load);
    }

    @Override
    public void take() throws SQLException {
        if (!isReplica()) {
            return;
        }
        long sentNanos = System.nanoTime();
        OptionalLong micros;
        try {
            micros = connection.use(open -> measure.measure(open, sentNanos));
        } catch (SQLException e) {
            noValue(sentNanos);
            throw e;
        }
        if (micros.isPresent()) {
            recorder.record(sentNanos, micros.getAsLong());
            series.add(way, millis(sentNanos), micros.getAsLong());
        } else {
            noValue(sentNanos);
        }
    }

    private void noValue(long atNanos) {
        recorder.missing(atNanos);
        measure.noValue(atNanos);
        series.addMissing(millis(atNanos));
    }

    @Override
    public void missed(Sampler.Ticks ticks) {
        if (isReplica()) {
            recorder.missing(ticks);
            measure.missing(ticks);
        }
    }

    private boolean isReplica() {
        return replicaSet.replicas().contains(node);
    }

    private long millis(long nanos) {
        return (nanos - runStartNanos) / 1_000_000;
    }

    LagStatistics statistics(Sampler.Ticks overdue) {
        return recorder.statistics(overdue);
    }

    @Override
    public void close() {
        connection.close();
    }
}
