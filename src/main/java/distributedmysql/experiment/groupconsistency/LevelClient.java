package distributedmysql.experiment.groupconsistency;

import distributedmysql.gatling.Attempt;
import distributedmysql.gatling.internal.BlockingAction.Requests;
import distributedmysql.history.RunClock;
import distributedmysql.load.ConnectionPools;
import distributedmysql.load.NodePool;
import distributedmysql.mysql.Node;
import distributedmysql.topology.ReplicaSet;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Sends single statements under one level, over connections that have it, and records what happened. Judges nothing, and never repeats
 * a write. Blocks; thread-safe.
 */
final class LevelClient implements AutoCloseable {
    private final Level level;
    private final ReplicaSet group;
    private final ConnectionPools pools;
    private final GroupTable table;
    private final AtomicLong ids;
    private final RunClock clock;
    private final LevelRecord record;

    /**
     * @param pools whose connections have the level; they are closed with this
     * @param ids of the rows
     */
    LevelClient(
            Level level,
            ReplicaSet group,
            ConnectionPools pools,
            GroupTable table,
            AtomicLong ids,
            RunClock clock,
            LevelRecord record) {
        this.level = level;
        this.group = group;
        this.pools = pools;
        this.table = table;
        this.ids = ids;
        this.clock = clock;
        this.record = record;
    }

    /** Opens the connections before the load, because a request that had to open one would measure that. */
    void open(int toEach, int moreToPrimary) {
        pools.of(group.primary()).open(toEach + moreToPrimary);
        group.replicas().forEach(node -> pools.of(node).open(toEach));
    }

    /** A row of its own. */
    void write(Requests requests) {
        Attempt<Boolean> write = insert(ids.incrementAndGet());
        requests.ended("group write " + level, write.start(), write.end(), write.failure());
        record.write(clock.micros(write.start()), clock.micros(write.end()), write.failure() == null);
    }

    /** A row of its own, which is read on the secondary the delay after its acknowledgement, if that comes. */
    void readAfterWrite(Node secondary, Duration delay, Requests requests) {
        long id = ids.incrementAndGet();
        Attempt<Boolean> write = insert(id);
        requests.ended("group write before read " + level, write.start(), write.end(), write.failure());
        long acknowledged = clock.micros(write.end());
        long delayMicros = delay.toNanos() / 1_000;
        if (write.failure() != null || !clock.sleepUntil(acknowledged + delayMicros)) {
            return;
        }
        long due = System.nanoTime();
        Attempt<Boolean> read = Attempt.read(pools.of(secondary), 1, connection -> table.has(connection, id));
        requests.ended("group read " + level, due, read.end(), read.failure());
        record.read(
                new SecondaryRead(
                        secondary.name(), delayMicros, id, acknowledged, clock.micros(read.start()), read.value()),
                (read.end() - due) / 1_000);
    }

    private Attempt<Boolean> insert(long id) {
        NodePool primary = pools.of(group.primary());
        return Attempt.write(primary, (connection, node) -> {
            table.insert(connection, id);
            return true;
        });
    }

    @Override
    public void close() {
        pools.close();
    }
}
