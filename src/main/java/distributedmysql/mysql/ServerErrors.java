package distributedmysql.mysql;

import java.sql.SQLException;
import java.util.Set;

/** What is said of an error of a server, and what is not. */
final class ServerErrors {
    /** ER_CON_COUNT_ERROR, ER_TOO_MANY_USER_CONNECTIONS. */
    private static final Set<Integer> FULL = Set.of(1040, 1203);
    /** ER_DBACCESS_DENIED_ERROR, ER_TABLEACCESS_DENIED_ERROR, ER_SPECIFIC_ACCESS_DENIED_ERROR. */
    private static final Set<Integer> DENIED = Set.of(1044, 1142, 1227);

    private ServerErrors() {}

    /** What to do about it; empty if that is not known. */
    static String advice(Node node, SQLException e) {
        if (FULL.contains(e.getErrorCode())) {
            return "; the server has no connection left for " + node.admin() + ": close some, or allow more";
        }
        return DENIED.contains(e.getErrorCode()) ? "; grant " + node.admin() + " what it lacks there" : "";
    }

    /** A server quotes what it does not understand: 80 characters, which may end within the secret. */
    static SQLException hidden(SQLException e, Object[] parameters) {
        String message = String.valueOf(e.getMessage());
        for (Object parameter : parameters) {
            if (parameter instanceof Secret secret) {
                message = secret.hiddenIn(message).replaceFirst("(?s) near '.*", " near …");
            }
        }
        // Without the cause, which says the same.
        return message.equals(e.getMessage()) ? e : new SQLException(message, e.getSQLState(), e.getErrorCode());
    }
}
