package distributedmysql.report;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import distributedmysql.history.JsonRule;
import java.util.List;
import java.util.stream.DoubleStream;
import org.HdrHistogram.AbstractHistogram;
import org.jspecify.annotations.Nullable;

/** One percentile of a distribution. */
@JsonClassDescription("One percentile of a distribution.")
public record PercentilePoint(
        @JsonPropertyDescription("From 0 to below 100.") @JsonRule("exclusiveMaximum: 100")
        double percentile,

        @JsonPropertyDescription("This percent of the requests took at most this long, in microseconds.")
        long micros) {
    private static final double[] PERCENTILES = {
        0, 5, 10, 20, 25, 30, 40, 50, 60, 70, 75, 80, 85, 90, 92.5, 95, 96, 97, 98, 98.5, 99, 99.25, 99.5, 99.75, 99.9,
        99.95, 99.99, 99.995, 99.999
    };

    /**
     * Of those percentiles beyond which there is at least one value; null if there is no value.
     *
     * @param histogram of microseconds
     */
    public static @Nullable List<PercentilePoint> all(AbstractHistogram histogram) {
        long count = histogram.getTotalCount();
        return count == 0
                ? null
                : DoubleStream.of(PERCENTILES)
                        .filter(percentile -> Math.round(count * (100 - percentile)) >= 100)
                        .mapToObj(percentile ->
                                new PercentilePoint(percentile, histogram.getValueAtPercentile(percentile)))
                        .toList();
    }
}
