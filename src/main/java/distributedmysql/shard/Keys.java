package distributedmysql.shard;

import distributedmysql.config.Plural;
import java.util.SplittableRandom;
import java.util.stream.LongStream;

/** Keys as applications make them. */
public final class Keys {
    private Keys() {}

    /** 1, 2, 3 …: an AUTO_INCREMENT. */
    public static long[] sequential(int count) {
        return LongStream.rangeClosed(1, count).toArray();
    }

    /**
     * Different numbers, all equally likely.
     *
     * @param from the least that there can be
     * @param to the greatest that there can be
     * @throws IllegalArgumentException if there are not so many
     */
    public static long[] random(int count, long from, long to, long seed) {
        if (to - from + 1 < count) {
            throw new IllegalArgumentException(
                    "there is no set of " + Plural.of(count, "key") + " from " + from + " to " + to);
        }
        return new SplittableRandom(seed)
                .longs(from, to + 1)
                .distinct()
                .limit(count)
                .toArray();
    }

    /**
     * Runs of neighbours with gaps between them: what blocks of identifiers, or a tenant's rows, look like.
     *
     * @param size keys of each cluster
     * @param from the first key
     * @param apart from the first key of a cluster to the first one of the next
     */
    public static long[] clustered(int clusters, int size, long from, long apart) {
        return LongStream.range(0, clusters)
                .flatMap(cluster -> LongStream.range(0, size).map(key -> from + cluster * apart + key))
                .toArray();
    }

    /** The same keys in another order. */
    public static long[] shuffled(long[] keys, long seed) {
        long[] shuffled = keys.clone();
        SplittableRandom random = new SplittableRandom(seed);
        for (int last = shuffled.length - 1; last > 0; last--) {
            int other = random.nextInt(last + 1);
            long key = shuffled[last];
            shuffled[last] = shuffled[other];
            shuffled[other] = key;
        }
        return shuffled;
    }
}
