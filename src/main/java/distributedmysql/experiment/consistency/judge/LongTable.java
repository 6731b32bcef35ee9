package distributedmysql.experiment.consistency.judge;

import java.util.ArrayList;
import java.util.List;

/**
 * Rows of {@code long} columns, found by one {@code long} or a pair of them: the state per key of a history of millions
 * of operations, at a quarter of the memory of a {@code HashMap} of objects.
 */
final class LongTable {
    private static final int ROWS_PER_CHUNK = 1024;

    private final int ids;
    private final int width;
    private final List<long[]> chunks = new ArrayList<>();
    // The row plus 1, or 0 where there is none; open addressing.
    private int[] index = new int[1024];
    private int size;

    private LongTable(int ids, int columns) {
        this.ids = ids;
        this.width = ids + columns;
    }

    static LongTable byPair(int columns) {
        return new LongTable(2, columns);
    }

    /** The second of each pair is 0, and takes no memory. */
    static LongTable byOne(int columns) {
        return new LongTable(1, columns);
    }

    int size() {
        return size;
    }

    /** The row of a pair, or -1. */
    int find(long a, long b) {
        return index[slot(a, b)] - 1;
    }

    /** The row of a pair; a new one has 0 in all columns. */
    int findOrAdd(long a, long b) {
        int slot = slot(a, b);
        if (index[slot] != 0) {
            return index[slot] - 1;
        }
        if (size % ROWS_PER_CHUNK == 0) {
            chunks.add(new long[ROWS_PER_CHUNK * width]);
        }
        int row = size++;
        put(row, 0, a);
        if (ids == 2) {
            put(row, 1, b);
        }
        index[slot] = size;
        if (size > index.length / 4 * 3) {
            grow();
        }
        return row;
    }

    long first(int row) {
        return at(row, 0);
    }

    long second(int row) {
        return ids == 2 ? at(row, 1) : 0;
    }

    long get(int row, int column) {
        return at(row, column + ids);
    }

    void set(int row, int column, long value) {
        put(row, column + ids, value);
    }

    private int slot(long a, long b) {
        long hash = (a * 0x9E3779B97F4A7C15L + b) * 0xC2B2AE3D27D4EB4FL;
        int slot = (int) (hash >>> 32) & (index.length - 1);
        while (index[slot] != 0 && !(first(index[slot] - 1) == a && second(index[slot] - 1) == b)) {
            slot = (slot + 1) & (index.length - 1);
        }
        return slot;
    }

    private void grow() {
        index = new int[2 * index.length];
        for (int row = 0; row < size; row++) {
            index[slot(first(row), second(row))] = row + 1;
        }
    }

    private long at(int row, int offset) {
        return chunks.get(row / ROWS_PER_CHUNK)[row % ROWS_PER_CHUNK * width + offset];
    }

    private void put(int row, int offset, long value) {
        chunks.get(row / ROWS_PER_CHUNK)[row % ROWS_PER_CHUNK * width + offset] = value;
    }
}
