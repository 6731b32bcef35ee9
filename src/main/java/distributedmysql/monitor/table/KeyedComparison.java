package distributedmysql.monitor.table;

import distributedmysql.monitor.table.Chunk.Sum;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Walks a table along its key, chunk by chunk, and has every replica compared. */
final class KeyedComparison {
    private static final long FIRST_CHUNK = 1_000;
    private static final long LARGEST_CHUNK = 10_000_000;
    private static final double MOST_GROWTH = 10;

    private final TableSql sql;
    private final Duration chunkTime;

    KeyedComparison(TableSql sql, Duration chunkTime) {
        this.sql = sql;
        this.chunkTime = chunkTime;
    }

    void compare(Session primary, List<ReplicaWorker> workers) throws SQLException, IncompleteException {
        List<ReplicaWorker> active = new ArrayList<>(workers);
        Optional<Key> low = Optional.empty();
        long size = FIRST_CHUNK;
        do {
            KeyRange range = new KeyRange(low, boundary(primary, low, size));
            long begin = System.nanoTime();
            Sum sum = primary.one(sql.checksum(range), row -> new Sum(row.getLong(1), row.getString(2)));
            size = nextSize(size, System.nanoTime() - begin);
            Chunk chunk = new Chunk(range, sum, GtidPosition.of(primary));
            List<ReplicaWorker> gaveUp = new ArrayList<>();
            for (ReplicaWorker worker : active) {
                if (!worker.submit(chunk)) {
                    gaveUp.add(worker);
                }
            }
            active.removeAll(gaveUp);
            low = range.high();
        } while (low.isPresent() && !active.isEmpty());
        for (ReplicaWorker worker : workers) {
            worker.finish();
        }
    }

    /** Empty when fewer rows are left: the last chunk has no upper limit, so that it finds extra rows behind them too. */
    private Optional<Key> boundary(Session primary, Optional<Key> low, long size)
            throws SQLException, IncompleteException {
        return primary
                .select(sql.boundary(low, size), row -> {
                    List<String> values = new ArrayList<>();
                    for (int i = 1; i <= sql.keySize(); i++) {
                        values.add(row.getString(i));
                    }
                    return new Key(List.copyOf(values));
                })
                .stream()
                .findFirst();
    }

    private long nextSize(long size, long nanos) {
        double factor = (double) chunkTime.toNanos() / Math.max(1, nanos);
        double next = size * Math.max(1 / MOST_GROWTH, Math.min(MOST_GROWTH, factor));
        return Math.max(1, Math.min(LARGEST_CHUNK, (long) next));
    }
}
