package distributedmysql.check;

import org.HdrHistogram.Histogram;

/** Of times in microseconds, to three significant digits. */
public record Percentiles(long p50, long p90, long p99, long max) {
    static Percentiles of(Histogram histogram) {
        return new Percentiles(
                histogram.getValueAtPercentile(50),
                histogram.getValueAtPercentile(90),
                histogram.getValueAtPercentile(99),
                histogram.getMaxValue());
    }
}
