package distributedmysql.shard;

import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.LongStream;
import org.apache.commons.statistics.inference.ChiSquareTest;

/**
 * How many keys each shard has.
 *
 * @param keys by shard
 */
public record Distribution(List<Long> keys) {
    public static Distribution of(ShardStrategy strategy, long[] keys) {
        long[] counts = new long[strategy.shards()];
        for (long key : keys) {
            counts[strategy.shardOf(key)]++;
        }
        return new Distribution(LongStream.of(counts).boxed().toList());
    }

    public long all() {
        return counts().sum();
    }

    /** Standard deviation of the shards' keys as a share of their mean: 0 if all have the same. */
    public double relativeDeviation() {
        return relativeDeviation(counts().asDoubleStream().toArray());
    }

    /** The same of any figures of shards, such as their shares. */
    public static double relativeDeviation(double[] ofShards) {
        double mean = DoubleStream.of(ofShards).sum() / ofShards.length;
        double squares = DoubleStream.of(ofShards)
                .map(figure -> (figure - mean) * (figure - mean))
                .sum();
        return Math.sqrt(squares / ofShards.length) / mean;
    }

    /** Of all keys, those of the shard that has most. */
    public double largestShare() {
        return counts().max().orElseThrow() / (double) all();
    }

    /**
     * How likely keys that each go to any shard with the same probability would deviate as much (Pearson's chi-squared test). Below
     * 0.01 it is no chance that some shards have more. 1 where there is one shard.
     */
    public double pValue() {
        return keys.size() == 1
                ? 1
                : ChiSquareTest.withDefaults().test(counts().toArray()).getPValue();
    }

    private LongStream counts() {
        return keys.stream().mapToLong(Long::longValue);
    }
}
