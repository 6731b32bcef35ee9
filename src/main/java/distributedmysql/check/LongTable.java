package distributedmysql.check;

import java.util.ArrayList;
import java.util.List;

/**
 * Rows of {@code long} columns, found by a pair of {@code long}s: the state per key of a history of millions of
 * operations, at a quarter of the memory of a {@code HashMap} of objects.
 */
final class LongTable {
    private static final int ROWS_PER_CHUNK = 1024;

    private final int width;
    private final List<long[]> chunks = new ArrayList<>();
    // The row plus 1, or 0 where there is none; open addressing.
    private int[] index = new int[1024];
    private int size;

    LongTable(int columns) {
        this.width = columns + 2;
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
        put(row, 1, b);
        index[slot] = size;
        if (size > index.length / 2) {
            grow();
        }
        return row;
    }

    long first(int row) {
        return at(row, 0);
    }

    long second(int row) {
        return at(row, 1);
    }

    long get(int row, int column) {
        return at(row, column + 2);
    }

    void set(int row, int column, long value) {
        put(row, column + 2, value);
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
