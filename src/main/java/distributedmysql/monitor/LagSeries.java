package distributedmysql.monitor;

import distributedmysql.monitor.ReplicaLag.LagPoint;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A time series of at most {@value #MOST_POINTS} points however long the run: when it is full, neighbours are merged
 * and the interval doubles. Thread-safe.
 */
final class LagSeries {
    static final int MOST_POINTS = 600;
    private static final long FIRST_INTERVAL_MILLIS = 100;
    private static final long NONE = Long.MIN_VALUE;

    /** The ways of measuring. */
    enum Way {
        PROBE("probe"),
        SERVER("server"),
        SECONDS_BEHIND("secondsBehind");

        private final String label;

        Way(String label) {
            this.label = label;
        }

        String label() {
            return label;
        }
    }

    private final long startMillis;
    private final long[][] highest = new long[Way.values().length][MOST_POINTS];
    private long intervalMillis = FIRST_INTERVAL_MILLIS;
    private int size;

    /** @param startMillis where the first interval begins, since the run's start */
    LagSeries(long startMillis) {
        this.startMillis = startMillis;
        for (long[] values : highest) {
            Arrays.fill(values, NONE);
        }
    }

    synchronized void add(Way way, long atMillis, long micros) {
        long[] values = highest[way.ordinal()];
        int index = index(atMillis);
        values[index] = Math.max(values[index], micros);
    }

    /** Nothing is known of this moment: the series reaches up to it all the same. */
    synchronized void addMissing(long atMillis) {
        index(atMillis);
    }

    synchronized long intervalMillis() {
        return intervalMillis;
    }

    synchronized List<LagPoint> points() {
        List<LagPoint> points = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            points.add(new LagPoint(
                    startMillis + i * intervalMillis,
                    value(Way.PROBE, i),
                    value(Way.SERVER, i),
                    value(Way.SECONDS_BEHIND, i)));
        }
        return points;
    }

    private Long value(Way way, int index) {
        long value = highest[way.ordinal()][index];
        return value == NONE ? null : value;
    }

    private int index(long atMillis) {
        long since = Math.max(0, atMillis - startMillis);
        while (since / intervalMillis >= MOST_POINTS) {
            merge();
        }
        int index = (int) (since / intervalMillis);
        size = Math.max(size, index + 1);
        return index;
    }

    private void merge() {
        for (long[] values : highest) {
            for (int i = 0; i < MOST_POINTS / 2; i++) {
                values[i] = Math.max(values[2 * i], values[2 * i + 1]);
            }
            Arrays.fill(values, MOST_POINTS / 2, MOST_POINTS, NONE);
        }
        size = (size + 1) / 2;
        intervalMillis *= 2;
    }
}
