package distributedmysql.experiment.consistency.judge;

/**
 * A {@link LongTable} of pairs that forgets its oldest rows, so that memory is bounded: at least the newest {@code kept}
 * are there, and at most twice as many. A row's number holds until the next one is added.
 */
final class NewestRows {
    private final int columns;
    private final int kept;
    private LongTable newer;
    private LongTable older;

    NewestRows(int columns, int kept) {
        this.columns = columns;
        this.kept = kept;
        this.newer = LongTable.byPair(columns);
        this.older = newer;
    }

    /** The row of a pair, or -1 if it is not there, or not any more. */
    int find(long a, long b) {
        int row = newer.find(a, b);
        return row < 0 ? older.find(a, b) : row + kept;
    }

    /** A row for a pair among the newest, to be filled in anew. */
    int add(long a, long b) {
        if (newer.size() == kept) {
            older = newer;
            newer = LongTable.byPair(columns);
        }
        return newer.findOrAdd(a, b) + kept;
    }

    long get(int row, int column) {
        return row < kept ? older.get(row, column) : newer.get(row - kept, column);
    }

    void set(int row, int column, long value) {
        newer.set(row - kept, column, value);
    }
}
