package distributedmysql.mysql;

import java.util.ArrayList;
import java.util.List;

/**
 * Words statements that somebody is to run on one server only: what they change does not replicate and leaves no errant
 * transaction, a server that is read-only takes them, and session and server are afterwards as they were.
 */
public final class LocalSql {
    private LocalSql() {}

    /**
     * @param superReadOnly whether the server has {@code super_read_only = ON} now
     * @param statements each with its semicolon
     * @return for an account with SYSTEM_VARIABLES_ADMIN and CONNECTION_ADMIN, in one session
     */
    public static List<String> of(boolean superReadOnly, List<String> statements) {
        List<String> all = new ArrayList<>();
        if (superReadOnly) {
            all.add("SET GLOBAL super_read_only = OFF;");
        }
        all.add("SET sql_log_bin = 0;");
        all.addAll(statements);
        all.add("SET sql_log_bin = 1;");
        if (superReadOnly) {
            all.add("SET GLOBAL super_read_only = ON;");
        }
        return all;
    }
}
