package distributedmysql.experiment.sharding.resharding;

import java.util.ArrayList;
import java.util.List;

/** Attempts that a shard refused because they were routed by an old map. Thread-safe. */
final class Refusals {
    /** Of a write that was not acknowledged. */
    static final int NO_SHARD = -1;

    private final List<Refused> writes = new ArrayList<>();

    /**
     * A write that was refused at first. Times of the run's clock.
     *
     * @param times how often, at least once
     * @param sentMicros when it was sent for the first time; a source whose version is being raised holds it before it refuses it
     * @param endedMicros after the last answer
     * @param shard that acknowledged it, from 0 on, or {@link #NO_SHARD}
     */
    record Refused(long id, int times, long sentMicros, long endedMicros, int shard) {}

    synchronized void ended(Refused write) {
        writes.add(write);
    }

    synchronized long attempts() {
        return writes.stream().mapToLong(Refused::times).sum();
    }

    synchronized List<Refused> writes() {
        return List.copyOf(writes);
    }

    /** Of one write. */
    synchronized int most() {
        return writes.stream().mapToInt(Refused::times).max().orElse(0);
    }
}
