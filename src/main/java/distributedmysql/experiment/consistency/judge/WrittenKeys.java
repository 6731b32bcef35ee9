package distributedmysql.experiment.consistency.judge;

import distributedmysql.history.Outcome;
import distributedmysql.history.Read;
import distributedmysql.history.Write;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** For {@link LostWrites}: what was written to each key, and what the final reads showed of it. */
final class WrittenKeys {
    /** One bit each. */
    static final int MAX_NODES = 62;

    private static final int LAST = 0;
    private static final int ACKNOWLEDGED = 1;
    private static final int SEEN = 2;
    private static final int OLDEST = 3;
    private static final int NEWEST = 4;
    private static final int OLDEST_NODE = 5;
    private static final int NODES_READ = 6;
    private static final long PHANTOM_BIT = 1L << MAX_NODES;

    /** A write that was not acknowledged: rare, so that these may be objects. */
    record Unsure(long version, Outcome outcome) {}

    /**
     * One key that was written.
     *
     * @param last the last version that was tried
     * @param acknowledged the last version that was acknowledged
     * @param seen the newest version that was read before the final reads
     * @param oldest the oldest version that a final read showed; -1 if there was no final read
     * @param newest the newest one
     * @param oldestNode the number of the node that showed the oldest
     * @param nodesRead one bit for each node with a final read
     * @param phantom whether a read showed a version whose write failed
     * @param unsure its writes that were not acknowledged
     */
    record Key(
            long key,
            long last,
            long acknowledged,
            long seen,
            long oldest,
            long newest,
            int oldestNode,
            long nodesRead,
            boolean phantom,
            List<Unsure> unsure) {}

    private final LongTable keys = LongTable.byOne(7);
    private final Map<Long, List<Unsure>> unsure = new HashMap<>();
    private String contradiction = "";

    /** Why the records cannot be true together, the first such case; empty if there is none. */
    String contradiction() {
        return contradiction;
    }

    void wrote(Write write) {
        long key = write.call().key();
        int row = keys.findOrAdd(key, 0);
        if (write.version() != keys.get(row, LAST) + 1) {
            contradict("key " + key + ": version " + write.version() + " was written after version "
                    + keys.get(row, LAST));
        }
        if (nodesRead(row) != 0) {
            contradict("key " + key + ": version " + write.version() + " was written after a final read");
        }
        keys.set(row, LAST, write.version());
        if (write.ending().isOk()) {
            keys.set(row, ACKNOWLEDGED, write.version());
        } else {
            unsure.computeIfAbsent(key, any -> new ArrayList<>(1))
                    .add(new Unsure(write.version(), write.ending().outcome()));
            if (write.ending().outcome() == Outcome.FAIL && keys.get(row, SEEN) == write.version()) {
                // Read while it was under way.
                keys.set(row, NODES_READ, keys.get(row, NODES_READ) | PHANTOM_BIT);
            }
        }
    }

    void hasRead(Read read) {
        int row = keys.findOrAdd(read.call().key(), 0);
        keys.set(row, SEEN, Math.max(keys.get(row, SEEN), read.answer().version()));
        noticePhantom(row, read);
    }

    /** @param node its number; -1 for a node that the history's header does not name */
    void hasReadFinally(Read read, int node) {
        long key = read.call().key();
        long version = read.answer().version();
        int row = keys.findOrAdd(key, 0);
        if (node < 0) {
            contradict("key " + key + ": final read on the unknown node "
                    + read.call().node());
            return;
        }
        if (version > keys.get(row, LAST)) {
            contradict("key " + key + ": version " + version + " is on "
                    + read.call().node() + ", but no such write was recorded");
        }
        if (nodesRead(row) == 0 || version < keys.get(row, OLDEST)) {
            keys.set(row, OLDEST, version);
            keys.set(row, OLDEST_NODE, node);
        }
        keys.set(row, NEWEST, Math.max(version, keys.get(row, NEWEST)));
        keys.set(row, NODES_READ, keys.get(row, NODES_READ) | 1L << node);
        noticePhantom(row, read);
    }

    private void noticePhantom(int row, Read read) {
        Unsure failed = new Unsure(read.answer().version(), Outcome.FAIL);
        if (unsure.getOrDefault(read.call().key(), List.of()).contains(failed)) {
            keys.set(row, NODES_READ, keys.get(row, NODES_READ) | PHANTOM_BIT);
        }
    }

    private long nodesRead(int row) {
        return keys.get(row, NODES_READ) & ~PHANTOM_BIT;
    }

    /** Hands over the keys in the order in which they were first written. */
    void forEach(Consumer<Key> consumer) {
        for (int row = 0; row < keys.size(); row++) {
            if (keys.get(row, LAST) > 0) {
                consumer.accept(key(row));
            }
        }
    }

    private Key key(int row) {
        long read = nodesRead(row);
        return new Key(
                keys.first(row),
                keys.get(row, LAST),
                keys.get(row, ACKNOWLEDGED),
                keys.get(row, SEEN),
                read == 0 ? -1 : keys.get(row, OLDEST),
                read == 0 ? -1 : keys.get(row, NEWEST),
                (int) keys.get(row, OLDEST_NODE),
                read,
                (keys.get(row, NODES_READ) & PHANTOM_BIT) != 0,
                unsure.getOrDefault(keys.first(row), List.of()));
    }

    private void contradict(String what) {
        if (contradiction.isEmpty()) {
            contradiction = what;
        }
    }
}
