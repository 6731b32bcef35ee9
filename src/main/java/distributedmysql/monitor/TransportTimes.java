package distributedmysql.monitor;

import java.util.Iterator;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * How long transactions took from their commit to the replica's relay log, as seen of the newest queued transaction at
 * each reading, so that it is known when they are applied. Bounded; times are microseconds since the epoch.
 */
final class TransportTimes {
    static final int CAPACITY = 4_096;
    /** A transaction that was not seen itself has its nearest neighbour's figure, if that was committed so near. */
    static final long NEIGHBOUR_MICROS = 1_000_000;

    private final TreeMap<Long, Long> transportByCommit = new TreeMap<>();

    void queued(long committed, long queued) {
        transportByCommit.put(committed, queued - committed);
        if (transportByCommit.size() > CAPACITY) {
            thin();
        }
    }

    /** Of the transaction committed then; older ones are forgotten, because transactions are applied in order. */
    OptionalLong of(long committed) {
        transportByCommit.headMap(committed - NEIGHBOUR_MICROS).clear();
        Map.Entry<Long, Long> before = transportByCommit.floorEntry(committed);
        Map.Entry<Long, Long> after = transportByCommit.ceilingEntry(committed);
        Map.Entry<Long, Long> nearest = before;
        if (before == null || (after != null && after.getKey() - committed < committed - before.getKey())) {
            nearest = after;
        }
        if (nearest == null || Math.abs(nearest.getKey() - committed) > NEIGHBOUR_MICROS) {
            return OptionalLong.empty();
        }
        return OptionalLong.of(nearest.getValue());
    }

    private void thin() {
        Iterator<Long> commits = transportByCommit.keySet().iterator();
        while (commits.hasNext()) {
            commits.next();
            if (commits.hasNext()) {
                commits.next();
                commits.remove();
            }
        }
    }
}
