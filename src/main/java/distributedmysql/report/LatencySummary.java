package distributedmysql.report;

import org.HdrHistogram.AbstractHistogram;

/** A distribution in microseconds. */
public record LatencySummary(long min, double mean, long p50, long p90, long p95, long p99, long p999, long max) {

    /**
     * @param histogram of values in microseconds; must not be recorded to meanwhile
     * @return null if it is empty: no figure is better than a 0 that looks fast
     */
    public static LatencySummary of(AbstractHistogram histogram) {
        if (histogram.getTotalCount() == 0) {
            return null;
        }
        return new LatencySummary(
                histogram.getMinValue(),
                Math.round(histogram.getMean() * 10) / 10.0,
                histogram.getValueAtPercentile(50),
                histogram.getValueAtPercentile(90),
                histogram.getValueAtPercentile(95),
                histogram.getValueAtPercentile(99),
                histogram.getValueAtPercentile(99.9),
                histogram.getMaxValue());
    }
}
