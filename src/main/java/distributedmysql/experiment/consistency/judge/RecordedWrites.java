package distributedmysql.experiment.consistency.judge;

import distributedmysql.history.Outcome;
import distributedmysql.history.Write;

/** For {@link ImpossibleReads}: the writes that were recorded so far. Times are kept of the newest {@link #KEPT}. */
final class RecordedWrites {
    static final int KEPT = 32_000;

    private static final int LAST = 0;

    private static final int INVOKED = 0;
    private static final int COMPLETED = 1;
    private static final int ACKNOWLEDGED = 2;

    // By key; the two others by key and version.
    private final LongTable keys = LongTable.byOne(1);
    private final LongTable failed = LongTable.byPair(0);
    private final NewestRows newest = new NewestRows(3, KEPT);

    void add(Write write) {
        long key = write.call().key();
        int row = keys.findOrAdd(key, 0);
        keys.set(row, LAST, Math.max(keys.get(row, LAST), write.version()));
        if (write.ending().outcome() == Outcome.FAIL) {
            failed.findOrAdd(key, write.version());
        }
        int added = newest.add(key, write.version());
        newest.set(added, INVOKED, write.call().invokeMicros());
        newest.set(added, COMPLETED, write.call().completeMicros());
        newest.set(added, ACKNOWLEDGED, write.ending().isOk() ? 1 : 0);
    }

    /** The last version of a key; 0 if there is none. */
    long last(long key) {
        int row = keys.find(key, 0);
        return row < 0 ? 0 : keys.get(row, LAST);
    }

    boolean hasFailed(long key, long version) {
        return failed.find(key, version) >= 0;
    }

    /** Where the times of a write are, until the next one is added; -1 if they are not known. */
    int find(long key, long version) {
        return newest.find(key, version);
    }

    long invokeMicros(int row) {
        return newest.get(row, INVOKED);
    }

    long completeMicros(int row) {
        return newest.get(row, COMPLETED);
    }

    boolean isAcknowledged(int row) {
        return newest.get(row, ACKNOWLEDGED) == 1;
    }
}
