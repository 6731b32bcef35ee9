package distributedmysql.shard;

import distributedmysql.config.Plural;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Consistent hashing (Karger et al., STOC 1997, https://doi.org/10.1145/258533.258660): each shard has many points on a ring of all
 * hashes, and a key belongs to the first point from its hash on. A shard that is added takes keys from all others, and no other key
 * moves. How even it is depends on the number of points: shares deviate by sqrt((n - 1) / (points * n + 1)) of their mean, because
 * they are spread as the lengths of random arcs (a Dirichlet distribution).
 */
public final class Ring implements ShardStrategy {
    /** Of each shard: shares deviate by some 7 % of their mean. */
    public static final int POINTS = 150;

    private static final double ALL = 0x1p64;

    private final int shards;
    private final int points;
    private final long seed;
    /** Ascending; the sign is turned, because hashes have none. */
    private final long[] at;

    private final int[] owner;

    private record Point(long at, int shard) {}

    /**
     * What belongs to a shard: all hashes greater than {@code after}, up to {@code upTo}, as numbers without a sign. The first begins
     * after the last point, and goes on at 0.
     */
    public record Arc(long after, long upTo, int shard) {}

    /**
     * @param shards at least 1
     * @param points of each shard, at least 1
     * @param seed another one gives another ring
     */
    public Ring(int shards, int points, long seed) {
        if (shards < 1 || points < 1) {
            throw new IllegalArgumentException(
                    "a ring of " + Plural.of(shards, "shard") + " with " + Plural.of(points, "point") + " each");
        }
        this.shards = shards;
        this.points = points;
        this.seed = seed;
        KeyHash.PointHash hash = KeyHash.points(seed);
        Point[] all = IntStream.range(0, shards)
                .boxed()
                .flatMap(shard -> IntStream.range(0, points)
                        .mapToObj(point -> new Point(hash.of(shard, point) ^ Long.MIN_VALUE, shard)))
                .sorted(Comparator.comparingLong(Point::at).thenComparing(Point::shard))
                .toArray(Point[]::new);
        this.at = Stream.of(all).mapToLong(Point::at).toArray();
        this.owner = Stream.of(all).mapToInt(Point::shard).toArray();
    }

    @Override
    public int shards() {
        return shards;
    }

    @Override
    public int shardOf(long key) {
        return ownerOf(KeyHash.of(key) ^ Long.MIN_VALUE);
    }

    private int ownerOf(long place) {
        int found = Arrays.binarySearch(at, place);
        int next = found >= 0 ? found : -found - 1;
        return owner[next == at.length ? 0 : next];
    }

    /** In the order of the hashes. */
    public List<Arc> arcs() {
        return IntStream.range(0, at.length)
                .mapToObj(i ->
                        new Arc(at[i == 0 ? at.length - 1 : i - 1] ^ Long.MIN_VALUE, at[i] ^ Long.MIN_VALUE, owner[i]))
                .toList();
    }

    /** What the keys belong to when a shard is added. */
    public Ring withOneMore() {
        return new Ring(shards + 1, points, seed);
    }

    @Override
    public Ring withOneMore(long[] keys) {
        return withOneMore();
    }

    /**
     * Standard deviation of the shares of such rings, as a share of their mean: that of the lengths of random arcs.
     *
     * @param points of each shard
     */
    public static double expectedDeviation(int shards, int points) {
        return Math.sqrt((shards - 1) / ((double) points * shards + 1));
    }

    /** The share of all hashes that each shard has, exactly: of very many keys, its share of them. */
    public double[] shares() {
        double[] shares = new double[shards];
        for (int i = 0; i < at.length; i++) {
            shares[owner[i]] += at.length == 1 ? 1 : before(at, i);
        }
        return shares;
    }

    /**
     * The share of all hashes that belongs to another shard on another ring, exactly.
     *
     * @return by the shard that has it on the other ring
     */
    public double[] movedTo(Ring other) {
        double[] moved = new double[other.shards];
        long[] cuts = Stream.of(at, other.at)
                .flatMapToLong(Arrays::stream)
                .sorted()
                .distinct()
                .toArray();
        for (int i = 0; i < cuts.length; i++) {
            int there = other.ownerOf(cuts[i]);
            if (there != ownerOf(cuts[i])) {
                moved[there] += before(cuts, i);
            }
        }
        return moved;
    }

    /** The share of all hashes between a place and the one before it; there are at least two, in order. */
    private static double before(long[] places, int i) {
        long length = places[i] - places[i == 0 ? places.length - 1 : i - 1];
        // The difference of two hashes has no sign.
        return ((length >>> 1) * 2.0 + (length & 1)) / ALL;
    }
}
