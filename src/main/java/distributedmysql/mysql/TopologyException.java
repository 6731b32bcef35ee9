package distributedmysql.mysql;

import java.sql.SQLException;
import java.util.Set;

/**
 * The servers cannot be started, reached or used. The message says what to do and is meant for the person who runs
 * the test: it carries no stack trace.
 */
public final class TopologyException extends RuntimeException {
    /**
     * ER_CON_COUNT_ERROR, ER_SERVER_SHUTDOWN, ER_TOO_MANY_USER_CONNECTIONS, ER_LOCK_WAIT_TIMEOUT, ER_LOCK_DEADLOCK
     * (https://dev.mysql.com/doc/mysql-errors/8.0/en/server-error-reference.html).
     */
    private static final Set<Integer> PASSING = Set.of(1040, 1053, 1203, 1205, 1213);

    private final boolean mayPass;

    public TopologyException(String message) {
        this(message, false);
    }

    private TopologyException(String message, boolean mayPass) {
        super(message, null, false, false);
        this.mayPass = mayPass;
    }

    /** @param what could not be done, and where; the message adds the reason, with SQLState and error number */
    public static TopologyException of(String what, SQLException e) {
        return of(what, e, "");
    }

    /** @param advice follows the reason */
    static TopologyException of(String what, SQLException e, String advice) {
        return new TopologyException(what + ": " + reason(e) + advice, mayPass(e));
    }

    /** The message's first line, with SQLState and error number. */
    public static String reason(SQLException e) {
        String message = e.getMessage() == null ? "" : e.getMessage();
        return message.lines().findFirst().orElse("") + " (SQLState " + e.getSQLState() + ", error " + e.getErrorCode()
                + ")";
    }

    /** Whether trying again may help: a connection failed or was refused, or the server was too busy. */
    public boolean mayPass() {
        return mayPass;
    }

    /** Class 08 is that of connections (SQL:2016, 24.1); without an error number it is the driver that says so. */
    private static boolean mayPass(SQLException e) {
        boolean connection = e.getSQLState() != null && e.getSQLState().startsWith("08");
        return PASSING.contains(e.getErrorCode()) || connection && e.getErrorCode() == 0;
    }
}
