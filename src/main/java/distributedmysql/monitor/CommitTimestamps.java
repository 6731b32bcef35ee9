package distributedmysql.monitor;

import distributedmysql.monitor.ReplicaLag.ServerLag;
import distributedmysql.mysql.Mysql;
import distributedmysql.topology.ReplicaSet;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.OptionalLong;

/**
 * The server's way: its commit timestamps, from the replication tables of the performance schema (8.0 to 9.x), of the
 * channel from the present primary.
 */
final class CommitTimestamps implements LagMeasure {
    // UNIX_TIMESTAMP of a TIMESTAMP column depends on no session time zone, and is 0 for the zero date of "none".
    private static final String QUERY = """
            SELECT 'queued', LAST_QUEUED_TRANSACTION,
                   UNIX_TIMESTAMP(LAST_QUEUED_TRANSACTION_ORIGINAL_COMMIT_TIMESTAMP),
                   UNIX_TIMESTAMP(LAST_QUEUED_TRANSACTION_START_QUEUE_TIMESTAMP),
                   UNIX_TIMESTAMP(LAST_QUEUED_TRANSACTION_END_QUEUE_TIMESTAMP)
              FROM performance_schema.replication_connection_status
             WHERE LAST_QUEUED_TRANSACTION <> '' AND (SOURCE_UUID = ? OR CHANNEL_NAME = 'group_replication_applier')
            UNION ALL
            SELECT 'applied', LAST_APPLIED_TRANSACTION,
                   UNIX_TIMESTAMP(LAST_APPLIED_TRANSACTION_ORIGINAL_COMMIT_TIMESTAMP),
                   UNIX_TIMESTAMP(LAST_APPLIED_TRANSACTION_START_APPLY_TIMESTAMP),
                   UNIX_TIMESTAMP(LAST_APPLIED_TRANSACTION_END_APPLY_TIMESTAMP)
              FROM performance_schema.replication_applier_status_by_worker
             WHERE LAST_APPLIED_TRANSACTION <> '' AND CHANNEL_NAME IN (
                   SELECT CHANNEL_NAME FROM performance_schema.replication_connection_status
                    WHERE SOURCE_UUID = ? OR CHANNEL_NAME = 'group_replication_applier')
            """;

    /** Microseconds since the epoch: committed on the primary's clock, started and ended on the replica's. */
    private record Step(String gtid, long committed, long started, long ended) {}

    private final ReplicaSet replicaSet;
    private final TransportTimes transports = new TransportTimes();
    private final LagRecorder transport;
    private final LagRecorder queue;
    private final LagRecorder apply;
    private boolean begun;
    private Step last;

    CommitTimestamps(ReplicaSet replicaSet, LoadWindow load) {
        this.replicaSet = replicaSet;
        transport = new LagRecorder(load);
        queue = new LagRecorder(load);
        apply = new LagRecorder(load);
    }

    @Override
    public OptionalLong measure(Mysql replica, long sentNanos) throws SQLException {
        Step applied = newestApplied(replica);
        // What was applied before the first reading is not of this run, and a second time it says nothing about now.
        boolean news = begun && applied != null && !applied.equals(last);
        begun = true;
        last = applied;
        if (!news) {
            return OptionalLong.empty();
        }
        OptionalLong transportMicros = transports.of(applied.committed);
        if (transportMicros.isPresent()) {
            transport.record(sentNanos, transportMicros.getAsLong());
            queue.record(sentNanos, applied.started - applied.committed - transportMicros.getAsLong());
        } else {
            transport.missing(sentNanos);
            queue.missing(sentNanos);
        }
        apply.record(sentNanos, applied.ended - applied.started);
        return OptionalLong.of(applied.ended - applied.committed);
    }

    private Step newestApplied(Mysql replica) throws SQLException {
        String primary = replicaSet.primary().serverUuid();
        return replica.read(QUERY, this::newestApplied, primary, primary);
    }

    private Step newestApplied(ResultSet rows) throws SQLException {
        Step newest = null;
        while (rows.next()) {
            Step step = new Step(rows.getString(2), micros(rows, 3), micros(rows, 4), micros(rows, 5));
            if (step.committed == 0 || step.started == 0 || step.ended == 0) {
                // A source older than 8.0.1 stamps no commits, a replica without performance schema no steps.
                continue;
            }
            if (rows.getString(1).equals("queued")) {
                transports.queued(step.committed, step.ended);
            } else if (newest == null || step.ended > newest.ended) {
                newest = step;
            }
        }
        return newest;
    }

    private static long micros(ResultSet rows, int column) throws SQLException {
        return rows.getBigDecimal(column).movePointRight(6).longValue();
    }

    @Override
    public void noValue(long sentNanos) {
        transport.missing(sentNanos);
        queue.missing(sentNanos);
        apply.missing(sentNanos);
    }

    @Override
    public void missing(Sampler.Ticks ticks) {
        transport.missing(ticks);
        queue.missing(ticks);
        apply.missing(ticks);
    }

    ServerLag statistics(LagStatistics total, Sampler.Ticks overdue) {
        return new ServerLag(
                transport.statistics(overdue), queue.statistics(overdue), apply.statistics(overdue), total);
    }
}
