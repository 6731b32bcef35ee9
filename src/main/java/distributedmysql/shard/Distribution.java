package distributedmysql.shard;

import java.util.Arrays;
import java.util.stream.LongStream;
import org.apache.commons.statistics.inference.ChiSquareTest;

/** How many keys each shard has. */
public record Distribution(long[] keys) {
    public static Distribution of(ShardStrategy strategy, long[] keys) {
        long[] counts = new long[strategy.shards()];
        for (long key : keys) {
            counts[strategy.shardOf(key)]++;
        }
        return new Distribution(counts);
    }

    public long all() {
        return LongStream.of(keys).sum();
    }

    /** Standard deviation of the shards' keys as a share of their mean: 0 if all have the same. */
    public double relativeDeviation() {
        double mean = (double) all() / keys.length;
        double squares = Arrays.stream(keys)
                .mapToDouble(count -> (count - mean) * (count - mean))
                .sum();
        return Math.sqrt(squares / keys.length) / mean;
    }

    /** Of all keys, those of the shard that has most. */
    public double largestShare() {
        return LongStream.of(keys).max().orElseThrow() / (double) all();
    }

    /**
     * How likely keys that each go to any shard with the same probability would deviate as much (Pearson's chi-squared test). Below
     * 0.01 it is no chance that some shards have more. 1 where there is one shard.
     */
    public double pValue() {
        return keys.length == 1 ? 1 : ChiSquareTest.withDefaults().test(keys).getPValue();
    }
}
