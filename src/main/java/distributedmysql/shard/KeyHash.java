package distributedmysql.shard;

import com.dynatrace.hash4j.hashing.Hasher64;
import com.dynatrace.hash4j.hashing.Hashing;

/**
 * XXH3 (https://github.com/Cyan4973/xxHash), which has a specification, so that other programs can find the same shard. {@code
 * String.hashCode} spreads similar names over a small part of its range. Thread-safe.
 */
final class KeyHash {
    private static final Hasher64 XXH3 = Hashing.xxh3_64();

    private KeyHash() {}

    /** Of the key's eight bytes, the lowest first. */
    static long of(long key) {
        return XXH3.hashLongToLong(key);
    }

    /**
     * Where a ring's points are; another seed gives other places. Not with the seed itself: with 0, which keys are hashed with, the
     * points of the first shard would be at the very places of the keys from 0 to 149, which would then all belong to it.
     */
    static PointHash points(long seed) {
        Hasher64 seeded = Hashing.xxh3_64(of(seed));
        return (shard, point) -> seeded.hashLongToLong((long) shard << Integer.SIZE | point);
    }

    /** A point of a shard on a ring. */
    @FunctionalInterface
    interface PointHash {
        long of(int shard, int point);
    }
}
