package distributedmysql.monitor.table;

import distributedmysql.config.Show;
import distributedmysql.config.Throttle;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Set;

/**
 * How tables are compared.
 *
 * @param chunkTime how long one chunk's checksum should take on the primary; sizes follow it
 * @param lockTime the longest that rows on the primary may stay locked while a suspected difference is confirmed
 * @param deadline for one table, from its first statement to its last, without what the throttle waits
 * @param maxNamedKeys how many differences per table and replica are named; all are counted
 * @param show how much of those that are named is shown
 * @param throttle when the comparison waits
 */
public record ComparisonSettings(
        Duration chunkTime, Duration lockTime, Duration deadline, int maxNamedKeys, Show show, Throttle throttle) {
    private static final String DATA_EXCEPTION = "22";
    /** ER_INVALID_CHARACTER_STRING and ER_CANNOT_CONVERT_STRING, which are in no class of their own. */
    private static final Set<Integer> BAD_TEXT = Set.of(1300, 3988);

    /**
     * @throws IllegalArgumentException if a duration is below 1 ms, the number is negative, or what is to be shown depends
     *     on the database
     */
    public ComparisonSettings {
        requireMillis("chunkTime", chunkTime);
        requireMillis("lockTime", lockTime);
        requireMillis("deadline", deadline);
        if (maxNamedKeys < 0) {
            throw new IllegalArgumentException("maxNamedKeys = " + maxNamedKeys + ": must be 0 or more");
        }
        if (show == Show.AUTO) {
            throw new IllegalArgumentException("show = AUTO: it must be said what that is for this database");
        }
    }

    /** With all values shown, and without a throttle. */
    public ComparisonSettings(Duration chunkTime, Duration lockTime, Duration deadline, int maxNamedKeys) {
        this(chunkTime, lockTime, deadline, maxNamedKeys, Show.VALUES, Throttle.NONE);
    }

    /** What an error says; not its text where that could hold a value that is not to be shown. */
    String reason(SQLException e) {
        String state = String.valueOf(e.getSQLState());
        boolean mayHoldValue = state.startsWith(DATA_EXCEPTION) || BAD_TEXT.contains(e.getErrorCode());
        return show.showsValues() || !mayHoldValue
                ? e.getMessage()
                : "error " + e.getErrorCode() + " (SQLState " + state + "), whose text may hold a value";
    }

    private static void requireMillis(String name, Duration value) {
        if (value.toMillis() < 1) {
            throw new IllegalArgumentException(name + " = " + value + ": must be at least 1 ms");
        }
    }
}
