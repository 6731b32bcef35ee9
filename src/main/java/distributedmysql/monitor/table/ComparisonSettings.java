package distributedmysql.monitor.table;

import java.time.Duration;

/**
 * How tables are compared.
 *
 * @param chunkTime how long one chunk's checksum should take on the primary; sizes follow it
 * @param lockTime the longest that rows on the primary may stay locked while a suspected difference is confirmed
 * @param deadline for one table, from its first statement to its last
 * @param maxNamedKeys how many differences per table and replica are named; all are counted
 */
public record ComparisonSettings(Duration chunkTime, Duration lockTime, Duration deadline, int maxNamedKeys) {
    /**
     * @throws IllegalArgumentException if a duration is below 1 ms or the number is negative
     */
    public ComparisonSettings {
        requireMillis("chunkTime", chunkTime);
        requireMillis("lockTime", lockTime);
        requireMillis("deadline", deadline);
        if (maxNamedKeys < 0) {
            throw new IllegalArgumentException("maxNamedKeys = " + maxNamedKeys + ": must be 0 or more");
        }
    }

    private static void requireMillis(String name, Duration value) {
        if (value.toMillis() < 1) {
            throw new IllegalArgumentException(name + " = " + value + ": must be at least 1 ms");
        }
    }
}
