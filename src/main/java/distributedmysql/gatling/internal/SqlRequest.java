package distributedmysql.gatling.internal;

import distributedmysql.load.SqlResult;
import distributedmysql.load.SqlStatementSpec;
import distributedmysql.topology.Role;
import io.gatling.javaapi.core.Session;
import java.util.List;
import java.util.function.BiFunction;

/**
 * What the DSL describes.
 *
 * @param transaction whether the statements are all or none
 * @param checks each looks at the result and gives the session for what follows; one that throws fails the request
 * @param timeoutMillis per statement; 0 for {@code connection.statement-timeout}, which holds for queries only
 * @param mayFail why it may fail; empty if it may not
 */
public record SqlRequest(
        String name,
        Role role,
        List<SqlStatementSpec> statements,
        boolean transaction,
        List<BiFunction<SqlResult, Session, Session>> checks,
        long timeoutMillis,
        String mayFail) {

    /** Whether it is to change anything. */
    boolean writes() {
        return !statements.stream().allMatch(SqlStatementSpec::returnsRows);
    }
}
