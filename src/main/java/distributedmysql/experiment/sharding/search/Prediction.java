package distributedmysql.experiment.sharding.search;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.List;
import org.HdrHistogram.AbstractHistogram;

/**
 * How long the slowest of several shards takes, if each is slow independently of the others: P(all ≤ t) is the product of P(shard ≤ t),
 * which is F(t)^n where all are alike.
 */
@JsonClassDescription(
        "How long the slowest shard takes, if each is slow independently of the others: P(all <= t) is the product of P(shard <= t).")
public record Prediction(
        @JsonPropertyDescription("Median, in microseconds.") long p50,

        @JsonPropertyDescription("95th percentile, in microseconds.")
        long p95,

        @JsonPropertyDescription("99th percentile, in microseconds.")
        long p99) {
    /**
     * @param shards the latencies of each, in microseconds; must not be recorded to meanwhile
     * @return null if one of them is empty
     */
    static Prediction of(List<? extends AbstractHistogram> shards) {
        return shards.stream().anyMatch(shard -> shard.getTotalCount() == 0)
                ? null
                : new Prediction(quantile(shards, 0.5), quantile(shards, 0.95), quantile(shards, 0.99));
    }

    /** The least time within which all of them answer with this probability. */
    private static long quantile(List<? extends AbstractHistogram> shards, double probability) {
        long low = 0;
        long high =
                shards.stream().mapToLong(AbstractHistogram::getMaxValue).max().orElseThrow();
        while (low < high) {
            long middle = low + (high - low) / 2;
            if (allWithin(shards, middle) >= probability) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return high;
    }

    private static double allWithin(List<? extends AbstractHistogram> shards, long micros) {
        return shards.stream()
                .mapToDouble(shard -> (double) shard.getCountBetweenValues(0, micros) / shard.getTotalCount())
                .reduce(1, (one, other) -> one * other);
    }
}
