package distributedmysql.gatling.internal;

import distributedmysql.gatling.SqlCheck;
import distributedmysql.gatling.SqlStatementSpec;
import distributedmysql.topology.Role;
import java.util.List;

/**
 * What the DSL describes.
 *
 * @param transaction whether the statements are all or none
 * @param timeoutMillis per statement; 0 for {@code connection.statement-timeout}, which holds for queries only
 * @param mayFail why it may fail; empty if it may not
 */
public record SqlRequest(
        String name,
        Role role,
        List<SqlStatementSpec> statements,
        boolean transaction,
        List<SqlCheck> checks,
        long timeoutMillis,
        String mayFail) {}
