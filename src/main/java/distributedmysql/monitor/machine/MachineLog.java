package distributedmysql.monitor.machine;

import distributedmysql.history.MachineTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Stretches of time, one after the other: 52 bytes each, 7 MB for ten hours. Not thread-safe. */
final class MachineLog {
    private static final int COLUMNS = 11;
    private static final int FIRST_CAPACITY = 1_024;

    private long[] ends = new long[FIRST_CAPACITY];
    private float[] values = new float[FIRST_CAPACITY * COLUMNS];
    private int size;

    /** @param endNanos after that of the stretch before */
    void add(long endNanos, MachineTime time) {
        if (size == ends.length) {
            ends = Arrays.copyOf(ends, 2 * size);
            values = Arrays.copyOf(values, 2 * size * COLUMNS);
        }
        ends[size] = endNanos;
        MachineTime.Processors processors = time.processors();
        double[] row = {
            time.seconds(),
            processors.busy(),
            processors.client(),
            processors.servers(),
            processors.others(),
            processors.steal(),
            time.memoryPercent(),
            time.swappedPages(),
            time.throttledPercent(),
            time.collectionPercent(),
            time.longestStallMillis()
        };
        for (int i = 0; i < COLUMNS; i++) {
            values[size * COLUMNS + i] = (float) row[i];
        }
        size++;
    }

    /** What is known of a span, in order; of the first and the last stretch, the part that is in it. */
    List<MachineTime> between(long fromNanos, long toNanos) {
        List<MachineTime> span = new ArrayList<>();
        for (int i = firstEndingAfter(fromNanos); i < size; i++) {
            MachineTime whole = at(i);
            double length = whole.seconds() * 1e9;
            double from = Math.max(0, length - (ends[i] - fromNanos));
            double to = Math.min(length, length - (ends[i] - toNanos));
            if (to <= 0) {
                break;
            }
            if (to > from) {
                span.add(whole.part((to - from) / length));
            }
        }
        return span;
    }

    private int firstEndingAfter(long nanos) {
        int low = 0;
        int high = size;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (ends[middle] - nanos > 0) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }

    private MachineTime at(int index) {
        float[] row = Arrays.copyOfRange(values, index * COLUMNS, (index + 1) * COLUMNS);
        return new MachineTime(
                row[0],
                new MachineTime.Processors(row[1], row[2], row[3], row[4], row[5]),
                row[6],
                row[7],
                row[8],
                row[9],
                row[10]);
    }
}
