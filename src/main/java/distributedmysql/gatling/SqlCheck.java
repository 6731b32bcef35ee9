package distributedmysql.gatling;

import distributedmysql.load.SqlCheckException;
import distributedmysql.load.SqlResult;
import io.gatling.javaapi.core.Session;

/** Looks at a result; may save to the session. A check that throws fails the request with the exception's message. */
@FunctionalInterface
public interface SqlCheck {
    /**
     * @return the session for what follows
     * @throws SqlCheckException if the result is not as expected
     */
    Session check(SqlResult result, Session session);
}
