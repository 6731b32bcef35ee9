package distributedmysql.load.data;

/**
 * SplitMix64 (Steele, Lea and Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014). Written out,
 * because {@link java.util.SplittableRandom} does not promise the same numbers in every Java version, and generated
 * rows must be the same everywhere. Not thread-safe.
 */
final class SeededRandom {
    private static final long GOLDEN_GAMMA = 0x9e3779b97f4a7c15L;

    private long state;

    /**
     * The same three numbers give the same sequence; others one that has nothing to do with it.
     *
     * @param stream tells apart what is made from one seed, for instance the tables
     */
    SeededRandom(long seed, int stream, long n) {
        // Mixed between the additions: seed 1, row 2 must not be seed 2, row 1.
        state = mix(mix(mix(seed) + stream) + n);
    }

    /** Uniform from min to max, both included. */
    long between(long min, long max) {
        // The bias of the remainder is below max / 2^63: nothing for the ranges of a game.
        return min + (next() >>> 1) % (max - min + 1);
    }

    /** Uniform. */
    <T> T oneOf(java.util.List<T> choices) {
        return choices.get((int) between(0, choices.size() - 1));
    }

    private long next() {
        state += GOLDEN_GAMMA;
        return mix(state);
    }

    private static long mix(long value) {
        long z = value + GOLDEN_GAMMA;
        z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }
}
