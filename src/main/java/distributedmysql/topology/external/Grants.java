package distributedmysql.topology.external;

import distributedmysql.mysql.Mysql;
import java.sql.SQLException;
import java.util.Collection;
import java.util.EnumSet;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * What the connected user may do, found out by trying, and the statements that grant the rest. A trial does nothing
 * whatever the user may do: it names a table that is not there, and a server looks at the privileges first.
 *
 * <p>The text of {@code SHOW GRANTS} is not asked. It depends on {@code sql_mode} and {@code sql_quote_show_create}; and of
 * several grants whose patterns match a database only the most specific holds, partial revokes take away, and
 * {@code partial_revokes} makes patterns of a database's name plain text (MySQL manual, "Access Control, Stage 2" and
 * "Privilege Restriction Using Partial Revokes").
 */
final class Grants {
    enum Privilege {
        SELECT("SELECT 1 FROM ?"),
        INSERT("INSERT INTO ? VALUES (1)"),
        UPDATE("UPDATE ? SET a = 1"),
        DELETE("DELETE FROM ?"),
        /** No table has two columns of one name. */
        CREATE("CREATE TABLE ? (a INT PRIMARY KEY, a INT)"),
        DROP("DROP TABLE ?");

        private final String trial;

        Privilege(String trial) {
            this.trial = trial;
        }
    }

    /** For a database, for a table, for the server. */
    private static final Set<Integer> DENIED = Set.of(1044, 1142, 1227);
    /** No such database, no such table (to drop), two columns of one name. */
    private static final Set<Integer> ALLOWED = Set.of(1049, 1146, 1051, 1060);

    private final Mysql session;

    Grants(Mysql session) {
        this.session = session;
    }

    /** @throws SQLException also where the server answers neither yes nor no; says to what */
    Set<Privilege> missing(String database, Collection<Privilege> needed) throws SQLException {
        String name = "privilege_check_" + UUID.randomUUID().toString().replace("-", "");
        Set<Privilege> missing = EnumSet.noneOf(Privilege.class);
        for (Privilege privilege : needed) {
            if (isDenied(privilege.trial.replace("?", quoted(database) + "." + name))) {
                missing.add(privilege);
            }
        }
        return missing;
    }

    /** Whether the privilege {@code REPLICATION CLIENT} is missing. */
    boolean lackReplicationClient() throws SQLException {
        return isDenied("SHOW REPLICA STATUS");
    }

    private boolean isDenied(String trial) throws SQLException {
        try {
            session.execute(trial);
            return false;
        } catch (SQLException e) {
            if (!DENIED.contains(e.getErrorCode()) && !ALLOWED.contains(e.getErrorCode())) {
                throw new SQLException(trial + ": " + e.getMessage(), e.getSQLState(), e.getErrorCode(), e);
            }
            return DENIED.contains(e.getErrorCode());
        }
    }

    String replicationClient() throws SQLException {
        return "GRANT REPLICATION CLIENT ON *.* TO " + account() + ";";
    }

    /** All that is needed there: it may be the database's most specific grant, and take the place of the others. */
    String of(Collection<Privilege> needed, String database) throws SQLException {
        return "GRANT " + needed.stream().map(Enum::name).collect(Collectors.joining(", ")) + " ON "
                + quoted(pattern(database)) + ".* TO " + account() + ";";
    }

    /** In a GRANT, _ and % are wildcards unless escaped; with partial_revokes, nothing is. */
    private String pattern(String database) throws SQLException {
        return session.text("SELECT @@global.partial_revokes").equals("1")
                ? database
                : database.replaceAll("[\\\\_%]", "\\\\$0");
    }

    /**
     * As which the server knows the user. No host has an @, but a user may. In backquotes, which every sql_mode takes, and
     * in which a backslash is one.
     */
    String account() throws SQLException {
        String account = session.text("SELECT CURRENT_USER()");
        int at = account.lastIndexOf('@');
        return quoted(account.substring(0, at)) + "@" + quoted(account.substring(at + 1));
    }

    private static String quoted(String name) {
        return "`" + name.replace("`", "``") + "`";
    }
}
