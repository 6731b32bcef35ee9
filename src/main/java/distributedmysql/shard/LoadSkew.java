package distributedmysql.shard;

/**
 * How a load that asks for some keys more often than for others spreads over shards: the key of rank r gets 1/r^exponent of it
 * (Zipf's law). Even keys are no even load: whoever has the hottest key has at least its share.
 *
 * @param largestShare of the load, that of the shard with most
 * @param hottestKey of the load, that of one key: no strategy gets below it
 */
public record LoadSkew(double largestShare, double hottestKey) {
    /**
     * @param keys the hottest first
     * @param exponent 0 for a load that is even
     */
    public static LoadSkew of(ShardStrategy strategy, long[] keys, double exponent) {
        double[] load = new double[strategy.shards()];
        double all = 0;
        for (int rank = 1; rank <= keys.length; rank++) {
            double weight = Math.pow(rank, -exponent);
            load[strategy.shardOf(keys[rank - 1])] += weight;
            all += weight;
        }
        double largest = 0;
        for (double share : load) {
            largest = Math.max(largest, share);
        }
        return new LoadSkew(largest / all, 1 / all);
    }
}
