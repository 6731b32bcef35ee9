package distributedmysql.experiment.consistency.judge;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import org.HdrHistogram.Histogram;

/** Of times in microseconds, to three significant digits. */
@JsonClassDescription("A distribution in microseconds, to three significant digits.")
public record Percentiles(
        @JsonPropertyDescription("Median, in microseconds.") long p50,

        @JsonPropertyDescription("90th percentile, in microseconds.")
        long p90,

        @JsonPropertyDescription("99th percentile, in microseconds.")
        long p99,

        @JsonPropertyDescription("Greatest, in microseconds.")
        long max) {
    static Percentiles of(Histogram histogram) {
        return new Percentiles(
                histogram.getValueAtPercentile(50),
                histogram.getValueAtPercentile(90),
                histogram.getValueAtPercentile(99),
                histogram.getMaxValue());
    }
}
