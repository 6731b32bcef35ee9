package distributedmysql.experiment.sharding.resharding;

import distributedmysql.load.SqlFailure;

/** Attempts that a shard refused because they were routed by an old map. Thread-safe. */
final class Refusals {
    private long attempts;
    private long writes;
    private int most;
    private String first = "";

    synchronized void refused(int id, SqlFailure failure) {
        attempts++;
        if (first.isEmpty()) {
            first = "write " + id + ": " + failure.firstLine();
        }
    }

    /** @param times how often one write was refused, at least once */
    synchronized void ended(int times) {
        writes++;
        most = Math.max(most, times);
    }

    synchronized long attempts() {
        return attempts;
    }

    synchronized long writes() {
        return writes;
    }

    /** Of one write. */
    synchronized int most() {
        return most;
    }

    /** What the first one was told, and which it was; empty if there was none. */
    synchronized String first() {
        return first;
    }
}
