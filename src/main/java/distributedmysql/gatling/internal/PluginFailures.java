package distributedmysql.gatling.internal;

import com.zaxxer.hikari.SQLExceptionOverride;
import distributedmysql.history.Outcome;
import distributedmysql.load.SqlFailure;
import distributedmysql.mysql.CapWaits;
import java.sql.SQLException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The SQLState and vendor code of the plugin's errors. The plugin reports only an exception's message; its connection
 * pool shows us the exception itself. Thread-safe.
 */
public final class PluginFailures implements SQLExceptionOverride {
    private static final int REMEMBERED = 1000;

    private final Map<String, SqlFailure> byMessage = Collections.synchronizedMap(new LinkedHashMap<>() {
        @java.lang.Override
        protected boolean removeEldestEntry(Map.Entry<String, SqlFailure> eldest) {
            return size() > REMEMBERED;
        }
    });

    @java.lang.Override
    public SQLExceptionOverride.Override adjudicate(SQLException e) {
        byMessage.put(String.valueOf(e.getMessage()), SqlFailure.whileExecuting(e));
        return SQLExceptionOverride.Override.CONTINUE_EVICT;
    }

    /** Failures of one pool; the plugin says no more of a wait for a connection than that it was too long. */
    public record OfPool(PluginFailures all, CapWaits waits, int size) {
        CapWaits.Mark mark() {
            return waits.mark();
        }

        /** @param since when the request began */
        SqlFailure of(String message, CapWaits.Mark since) {
            return all.seen(message)
                    .orElseGet(() -> waits.keptAll(since, size)
                            ? SqlFailure.rateCap(waits.toString())
                            // What no connection threw, the pool itself did: there was no connection to be had.
                            : new SqlFailure(SqlFailure.POOL_TIMEOUT, 0, Outcome.FAIL, message));
        }
    }

    /** Empty if no connection of a pool that this class watches has thrown it. */
    Optional<SqlFailure> seen(String message) {
        return Optional.ofNullable(byMessage.get(message));
    }
}
