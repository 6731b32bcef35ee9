package distributedmysql.shard;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Neighbouring keys are on the same shard, so that a range of them is found there; but keys that grow all go to one. */
public final class Ranges implements ShardStrategy {
    /** Where each range but the first begins. */
    private final long[] from;
    /** Of each range. */
    private final int[] shard;

    private Ranges(long[] from, int[] shard) {
        this.from = from;
        this.shard = shard;
    }

    /**
     * One shard more than there are bounds.
     *
     * @param bounds where the second shard and each later one begins
     * @throws IllegalArgumentException if they do not ascend
     */
    public static Ranges at(long... bounds) {
        for (int i = 1; i < bounds.length; i++) {
            if (bounds[i] <= bounds[i - 1]) {
                throw new IllegalArgumentException(
                        "bounds must ascend: " + bounds[i] + " comes after " + bounds[i - 1]);
            }
        }
        return new Ranges(
                bounds.clone(), IntStream.rangeClosed(0, bounds.length).toArray());
    }

    /** Cut so that each shard has as many of these keys, which are different. */
    public static Ranges evenly(int shards, long[] keys) {
        long[] sorted = keys.clone();
        Arrays.sort(sorted);
        return at(IntStream.range(1, shards)
                .mapToLong(shard -> sorted[(int) ((long) shard * sorted.length / shards)])
                .toArray());
    }

    /** The keys from {@code from} on, up to the next range, belong to a shard. */
    public record Range(long from, int shard) {}

    /** Ascending; the first one begins with the least number that there is. */
    public List<Range> ranges() {
        return IntStream.range(0, shard.length)
                .mapToObj(i -> new Range(i == 0 ? Long.MIN_VALUE : from[i - 1], shard[i]))
                .toList();
    }

    @Override
    public int shards() {
        return shard.length;
    }

    @Override
    public int shardOf(long key) {
        return shard[range(key)];
    }

    private int range(long key) {
        int found = Arrays.binarySearch(from, key);
        return found >= 0 ? found + 1 : -found - 1;
    }

    /**
     * What the keys belong to when a shard is added, which takes the end of one range.
     *
     * @param at where it begins
     * @throws IllegalArgumentException if a range begins there
     */
    public Ranges withOneMore(long at) {
        int cut = range(at);
        if (cut > 0 && from[cut - 1] == at) {
            throw new IllegalArgumentException("a shard begins at " + at + " already");
        }
        long[] bounds = new long[from.length + 1];
        int[] owners = new int[shard.length + 1];
        System.arraycopy(from, 0, bounds, 0, cut);
        System.arraycopy(from, cut, bounds, cut + 1, from.length - cut);
        System.arraycopy(shard, 0, owners, 0, cut + 1);
        System.arraycopy(shard, cut + 1, owners, cut + 2, shard.length - cut - 1);
        bounds[cut] = at;
        owners[cut + 1] = shard.length;
        return new Ranges(bounds, owners);
    }

    @Override
    public Ranges withOneMore(long[] keys) {
        List<Long> counts = Distribution.of(this, keys).keys();
        int fullest = IntStream.range(0, counts.size())
                .reduce(0, (one, other) -> counts.get(other) > counts.get(one) ? other : one);
        long[] theirs = Arrays.stream(keys)
                .filter(key -> shardOf(key) == fullest)
                .sorted()
                .toArray();
        return withOneMore(theirs[theirs.length / 2]);
    }
}
