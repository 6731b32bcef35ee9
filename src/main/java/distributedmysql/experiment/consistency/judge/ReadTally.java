package distributedmysql.experiment.consistency.judge;

import distributedmysql.check.Evidence;
import distributedmysql.check.Interval;
import distributedmysql.history.Read;
import distributedmysql.history.Strategy;
import org.HdrHistogram.Histogram;

/** Counts delayed reads by what they were worth. */
final class ReadTally {
    private final long[] counts = new long[Freshness.values().length];
    private final Histogram actualDelay = new Histogram(3);

    void add(Read read, Freshness freshness) {
        counts[freshness.ordinal()]++;
        if (freshness.isSample()) {
            actualDelay.recordValue(read.call().invokeMicros() - read.after().acknowledgedMicros());
        }
    }

    void add(ReadTally other) {
        for (int i = 0; i < counts.length; i++) {
            counts[i] += other.counts[i];
        }
    }

    long count(Freshness freshness) {
        return counts[freshness.ordinal()];
    }

    long samples() {
        long samples = 0;
        for (Freshness freshness : Freshness.values()) {
            samples += freshness.isSample() ? count(freshness) : 0;
        }
        return samples;
    }

    ReadAfterWrite.Cell cell(Strategy strategy, String node, long delayMicros) {
        long samples = samples();
        long fresh = count(Freshness.FRESH);
        return new ReadAfterWrite.Cell(
                strategy,
                node,
                delayMicros / 1e3,
                samples,
                fresh,
                count(Freshness.STALE),
                count(Freshness.MISSING),
                count(Freshness.CORRUPT),
                count(Freshness.FAILED),
                count(Freshness.TIMEOUT),
                samples == 0 ? null : (Double) ((double) fresh / samples),
                samples == 0 ? null : Interval.wilson(fresh, samples),
                samples == 0 ? null : Percentiles.of(actualDelay));
    }

    @Override
    public String toString() {
        return Evidence.count(samples(), "sample") + ", " + count(Freshness.STALE) + " stale, "
                + count(Freshness.MISSING) + " missing, " + count(Freshness.CORRUPT) + " corrupt, "
                + count(Freshness.FAILED) + " failed, " + count(Freshness.TIMEOUT) + " timed out";
    }
}
