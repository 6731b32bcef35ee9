package distributedmysql.monitor;

import org.HdrHistogram.Histogram;

/** Microseconds, which may be negative, in bounded memory. Thread-safe. */
final class LagRecorder {
    private static final int SIGNIFICANT_DIGITS = 3;

    // HdrHistogram knows no negative values; clocks of two servers that disagree give some.
    private final Histogram negative = new Histogram(SIGNIFICANT_DIGITS);
    private final Histogram other = new Histogram(SIGNIFICANT_DIGITS);
    private double sum;
    private long max = Long.MIN_VALUE;
    private long missing;

    synchronized void record(long micros) {
        (micros < 0 ? negative : other).recordValue(Math.abs(micros));
        sum += micros;
        max = Math.max(max, micros);
    }

    synchronized void missing(long ticks) {
        missing += ticks;
    }

    /** @param overdue ticks that are missing and not yet recorded as such */
    synchronized LagStatistics statistics(long overdue) {
        long samples = negative.getTotalCount() + other.getTotalCount();
        if (samples == 0) {
            return new LagStatistics(null, null, null, null, null, 0, missing + overdue);
        }
        return new LagStatistics(
                Math.round(sum / samples),
                percentile(50, samples),
                percentile(95, samples),
                percentile(99, samples),
                max,
                samples,
                missing + overdue);
    }

    private long percentile(double percent, long samples) {
        long rank = Math.max(1, (long) Math.ceil(percent / 100 * samples));
        long below = negative.getTotalCount();
        if (rank <= below) {
            return -negative.getValueAtPercentile(100.0 * (below - rank + 1) / below);
        }
        return Math.min(max, other.getValueAtPercentile(100.0 * (rank - below) / (samples - below)));
    }
}
