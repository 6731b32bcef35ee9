package distributedmysql.report;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import org.HdrHistogram.AbstractHistogram;

/** A distribution in microseconds. */
@JsonClassDescription("A distribution in microseconds.")
public record LatencySummary(
        @JsonPropertyDescription("Least, in microseconds.") long min,
        @JsonPropertyDescription("Mean, in microseconds.") double mean,
        @JsonPropertyDescription("Median, in microseconds.") long p50,

        @JsonPropertyDescription("90th percentile, in microseconds.")
        long p90,

        @JsonPropertyDescription("95th percentile, in microseconds.")
        long p95,

        @JsonPropertyDescription("99th percentile, in microseconds.")
        long p99,

        @JsonPropertyDescription("99.9th percentile, in microseconds.")
        long p999,

        @JsonPropertyDescription("Greatest, in microseconds.")
        long max) {

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
