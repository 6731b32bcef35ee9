package distributedmysql.gatling.internal;

import distributedmysql.load.SqlResult;
import distributedmysql.load.SqlStatementSpec;
import io.gatling.javaapi.core.Session;
import java.util.List;
import java.util.function.BiFunction;

/**
 * What the DSL describes.
 *
 * @param target which server it goes to
 * @param transaction whether the statements are all or none
 * @param checks each looks at the result and gives the session for what follows; one that throws fails the request
 * @param timeoutMillis per statement; 0 for {@code connection.statement-timeout}, which holds for queries only
 * @param mayFail why it may fail; empty if it may not
 */
public record SqlRequest(
        String name,
        Target target,
        List<SqlStatementSpec> statements,
        boolean transaction,
        List<BiFunction<SqlResult, Session, Session>> checks,
        long timeoutMillis,
        String mayFail) {

    /** One without checks, which may not fail. */
    public static SqlRequest of(String name, Target target, List<SqlStatementSpec> statements) {
        return new SqlRequest(name, target, statements, false, List.of(), 0, "");
    }

    /** The same, all statements or none. */
    public SqlRequest asTransaction() {
        return new SqlRequest(name, target, statements, true, checks, timeoutMillis, mayFail);
    }

    /** The same, sent elsewhere. */
    public SqlRequest to(Target other) {
        return new SqlRequest(name, other, statements, transaction, checks, timeoutMillis, mayFail);
    }

    /** The same with these checks alone. */
    public SqlRequest with(List<BiFunction<SqlResult, Session, Session>> others) {
        return new SqlRequest(name, target, statements, transaction, List.copyOf(others), timeoutMillis, mayFail);
    }

    /** The same with this timeout. */
    public SqlRequest within(long millis) {
        return new SqlRequest(name, target, statements, transaction, checks, millis, mayFail);
    }

    /** The same, which may fail for this reason. */
    public SqlRequest mayFail(String reason) {
        return new SqlRequest(name, target, statements, transaction, checks, timeoutMillis, reason);
    }

    /** Whether it is to change anything. */
    boolean writes() {
        return !statements.stream().allMatch(SqlStatementSpec::returnsRows);
    }
}
