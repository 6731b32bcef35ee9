package distributedmysql.monitor;

import distributedmysql.mysql.Mysql;
import java.sql.SQLException;
import java.util.OptionalLong;

/** One way to measure a replica's lag. Used by one thread. */
interface LagMeasure {
    /**
     * @param sentNanos when the reading began
     * @return microseconds; empty if there is no answer
     */
    OptionalLong measure(Mysql replica, long sentNanos) throws SQLException;

    /** A reading gave no answer or failed: for a measure that keeps figures of its own. */
    default void noValue(long sentNanos) {}

    /** Readings that could not be taken, for such a measure. */
    default void missing(Sampler.Ticks ticks) {}
}
