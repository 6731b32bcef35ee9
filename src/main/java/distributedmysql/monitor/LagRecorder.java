package distributedmysql.monitor;

import org.HdrHistogram.Histogram;

/** Microseconds, which may be negative, of the load's time, in bounded memory. Thread-safe. */
final class LagRecorder {
    private static final int SIGNIFICANT_DIGITS = 3;

    private final LoadWindow load;
    // HdrHistogram knows no negative values; clocks of two servers that disagree give some.
    private final Histogram negative = new Histogram(SIGNIFICANT_DIGITS);
    private final Histogram other = new Histogram(SIGNIFICANT_DIGITS);
    private double sum;
    private long max = Long.MIN_VALUE;
    private long missing;

    LagRecorder(LoadWindow load) {
        this.load = load;
    }

    /** @param atNanos when it was asked for */
    synchronized void record(long atNanos, long micros) {
        if (!load.contains(atNanos)) {
            return;
        }
        (micros < 0 ? negative : other).recordValue(Math.abs(micros));
        sum += micros;
        max = Math.max(max, micros);
    }

    /** A reading that gave no value. */
    synchronized void missing(long atNanos) {
        missing += load.contains(atNanos) ? 1 : 0;
    }

    /** Readings that were not made. */
    synchronized void missing(Sampler.Ticks ticks) {
        missing += in(ticks);
    }

    private long in(Sampler.Ticks ticks) {
        return load.time().map(ticks::in).orElse(0L);
    }

    /** @param ticks that are missing and not yet recorded as such */
    synchronized LagStatistics statistics(Sampler.Ticks ticks) {
        long overdue = in(ticks);
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
