package distributedmysql.monitor.table;

import distributedmysql.monitor.table.Chunk.Sum;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Walks a table along its key, chunk by chunk, and has every replica compared. */
final class KeyedComparison {
    private static final long FIRST_CHUNK = 1_000;
    private static final long LARGEST_CHUNK = 10_000_000;
    private static final double MOST_GROWTH = 10;

    private final TableSql sql;
    private final Duration chunkTime;
    private final Pace pace;

    KeyedComparison(TableSql sql, Duration chunkTime, Pace pace) {
        this.sql = sql;
        this.chunkTime = chunkTime;
        this.pace = pace;
    }

    void compare(Session primary, List<ReplicaWorker> workers) throws SQLException, IncompleteException {
        List<ReplicaWorker> active = new ArrayList<>(workers);
        Optional<Key> low = Optional.empty();
        long size = FIRST_CHUNK;
        do {
            pause(primary, active);
            if (active.isEmpty()) {
                break;
            }
            Key.Range range = new Key.Range(low, boundary(primary, low, size));
            long begin = System.nanoTime();
            Sum sum = primary.one(sql.checksum(range), row -> new Sum(row.getLong(1), row.getString(2)));
            size = nextSize(size, System.nanoTime() - begin);
            pace.table().compared(sum.rows());
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

    /** Replicas that stay busy for too long are left out from here on. */
    private void pause(Session primary, List<ReplicaWorker> active) throws IncompleteException {
        Map<AwaitedReplica, String> inVain = pace.pause(
                primary.node(), active.stream().map(ReplicaWorker::awaited).toList());
        active.stream()
                .filter(worker -> inVain.containsKey(worker.awaited()))
                .forEach(worker -> worker.giveUp(inVain.get(worker.awaited())));
        active.removeIf(worker -> inVain.containsKey(worker.awaited()));
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
