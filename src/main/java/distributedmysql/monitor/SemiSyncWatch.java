package distributedmysql.monitor;

import distributedmysql.history.RunClock;
import distributedmysql.history.SemiSyncReading;
import distributedmysql.mysql.Node;
import distributedmysql.topology.ReplicaSet;
import distributedmysql.topology.replicator.SemiSync;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads the semi-synchronous status of whichever node is the primary, at an interval, so that a
 * silent fallback to asynchronous replication can be found. Thread-safe.
 */
public final class SemiSyncWatch implements AutoCloseable {
    private final ReplicaSet replicaSet;
    private final RunClock clock;
    private final Sampler sampler;
    private final List<SemiSyncReading> readings = new ArrayList<>();
    private final NodeConnection connection;
    private volatile Node asked;

    public SemiSyncWatch(ReplicaSet replicaSet, RunClock clock, Duration interval) {
        this.replicaSet = replicaSet;
        this.clock = clock;
        this.connection = new NodeConnection(() -> asked);
        this.sampler = new Sampler("semi-sync", interval, this::take);
    }

    public void start() {
        sampler.start();
    }

    /** In order of time; of readings in which only the count of acknowledged commits grew, the first and the last. */
    public List<SemiSyncReading> readings() {
        synchronized (readings) {
            return List.copyOf(readings);
        }
    }

    /** Reads once more at once, so that the last commits count; a primary that does not answer is left out. */
    public void readNow() {
        try {
            take();
        } catch (SQLException e) {
            // Its sampler says why, if it goes on.
            return;
        }
    }

    @Override
    public void close() {
        sampler.close();
        connection.close();
    }

    private synchronized void take() throws SQLException {
        Node primary = replicaSet.primary();
        asked = primary;
        keep(connection.use(session -> SemiSync.read(primary, session, clock)));
    }

    private void keep(SemiSyncReading reading) {
        synchronized (readings) {
            int size = readings.size();
            if (size >= 2 && isSame(readings.get(size - 1), reading) && isSame(readings.get(size - 2), reading)) {
                readings.remove(size - 1);
            }
            readings.add(reading);
        }
    }

    private static boolean isSame(SemiSyncReading before, SemiSyncReading now) {
        return before.node().equals(now.node())
                && before.on() == now.on()
                && before.clients() == now.clients()
                && before.noTx() == now.noTx()
                && before.yesTx() <= now.yesTx();
    }
}
