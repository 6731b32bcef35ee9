package distributedmysql.experiment.sharding.search;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import distributedmysql.config.Plural;
import distributedmysql.history.JsonRule;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
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
        long p99,

        @JsonPropertyDescription("Answers that it rests on; the measured latencies rest on the same ones.")
        long samples,

        @JsonPropertyDescription(
                "Percentiles that these are too few for, predicted or measured: fewer than 10 answers can be expected to be slower.")
        @JsonRule("items: {enum: ['p50', 'p95', 'p99']}")
        List<String> tooFewFor) {
    private static final Map<String, Double> PERCENTILES = new TreeMap<>(Map.of("p50", 0.5, "p95", 0.95, "p99", 0.99));
    private static final int LEAST_SLOWER = 10;

    public Prediction {
        tooFewFor = List.copyOf(tooFewFor);
    }

    /**
     * @param shards the latencies of each, in microseconds; must not be recorded to meanwhile
     * @return null if one of them is empty
     */
    static Prediction of(List<? extends AbstractHistogram> shards) {
        return shards.stream().anyMatch(shard -> shard.getTotalCount() == 0)
                ? null
                : new Prediction(
                        quantile(shards, 0.5),
                        quantile(shards, 0.95),
                        quantile(shards, 0.99),
                        samples(shards),
                        tooFewFor(samples(shards)));
    }

    private static long samples(List<? extends AbstractHistogram> shards) {
        return shards.stream().mapToLong(AbstractHistogram::getTotalCount).min().orElseThrow();
    }

    /** The product of n shards deviates by lot as much as the measured percentile does: both rest on as many slower answers. */
    static List<String> tooFewFor(long samples) {
        return PERCENTILES.entrySet().stream()
                .filter(percentile -> Math.round(samples * (1 - percentile.getValue())) < LEAST_SLOWER)
                .map(Map.Entry::getKey)
                .toList();
    }

    /** What it rests on, in words. */
    String basis() {
        String few = tooFewFor.isEmpty()
                ? ""
                : ", too few for " + String.join(" and ", tooFewFor) + ": fewer than " + LEAST_SLOWER + " are slower";
        return String.format(Locale.ROOT, "of %s of the steady state%s", Plural.of(samples, "answer"), few);
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
