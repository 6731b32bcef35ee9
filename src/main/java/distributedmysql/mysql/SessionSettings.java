package distributedmysql.mysql;

import distributedmysql.config.HostPort;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;

/**
 * The one place where connections get what their statements depend on, so that no default of a server ({@code SET
 * GLOBAL}, a configuration file, {@code init_connect}) changes what they mean. All of it is one {@code SET} at the
 * handshake, whatever the number of variables; none needs a privilege, on any MySQL from 8.0.22 to 9.x. What cannot be
 * set without one is looked at by the preflight of servers that are not ours. Stateless and thread-safe.
 *
 * <p>What only tunes a server (optimizer_switch, buffer sizes) is left as it is: it is what is measured.
 */
public final class SessionSettings {
    /** Of Connector/J: "a comma-separated list of name=value pairs", which it makes a {@code SET} of. */
    private static final String PROPERTY = "sessionVariables";

    private static final String NO_LIMIT = "18446744073709551615";

    /** The default of MySQL 8.0 to 9.x. Strict, and so the driver does not add STRICT_TRANS_TABLES by itself. */
    private static final String SQL_MODE = "'ONLY_FULL_GROUP_BY,STRICT_TRANS_TABLES,NO_ZERO_IN_DATE,NO_ZERO_DATE,"
            + "ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION'";

    /** MySQL manual, "Server System Variables"; the values are MySQL's own defaults where nothing is said. */
    private static final Map<String, String> VARIABLES = new LinkedHashMap<>();

    static {
        set("sql_mode", SQL_MODE);
        set("sql_select_limit", NO_LIMIT);
        // Before sql_big_selects, which it would change.
        set("max_join_size", NO_LIMIT);
        set("sql_big_selects", "1");
        // Of long sort keys, only so many bytes are compared; an index's are up to 3,072 bytes, their weights more.
        set("max_sort_length", "8192");
        set("max_execution_time", "0");
        set("sql_safe_updates", "0");
        set("sql_auto_is_null", "0");
        set("sql_quote_show_create", "1");
        set("foreign_key_checks", "1");
        set("unique_checks", "1");
        set("completion_type", "NO_CHAIN");
        set("transaction_isolation", "'REPEATABLE-READ'");
        set("transaction_read_only", "0");
        set("time_zone", "'+00:00'");
        // What the driver talks anyway, which would otherwise cost a SET NAMES where the server's default is another.
        set("character_set_client", "utf8mb4");
        set("collation_connection", "utf8mb4_0900_ai_ci");
        set("innodb_lock_wait_timeout", "50");
        // The default is a year: a statement would wait on in the server when its client has long given up.
        set("lock_wait_timeout", "50");
        set("wait_timeout", "28800");
        set("net_read_timeout", "30");
        set("net_write_timeout", "60");
        // A longer list of ranges would be read by a scan of the whole table.
        set("range_optimizer_max_mem_size", "8388608");
    }

    private SessionSettings() {}

    private static void set(String variable, String value) {
        VARIABLES.put(variable, value);
    }

    /**
     * Connector/J's properties that every connection must have.
     *
     * @param more further session variables, or other values, as {@code SET} takes them; must not need a privilege
     */
    public static Properties properties(Map<String, String> more) {
        Properties properties = new Properties();
        properties.setProperty(PROPERTY, list(more));
        // JDBC's escapes ({fn …}, {d …}) would be replaced in names and in JSON too.
        properties.setProperty("enableEscapeProcessing", "false");
        properties.setProperty("processEscapeCodesForPrepStmts", "false");
        properties.setProperty("connectionTimeZone", "UTC");
        // caching_sha2_password without TLS needs the server's key (RSA exchange).
        properties.setProperty("allowPublicKeyRetrieval", "true");
        // Where a library brings OpenTelemetry, the driver would make a span of each statement.
        properties.setProperty("openTelemetry", "DISABLED");
        return properties;
    }

    /**
     * A comment with a version is read from that version on only, and by no MariaDB
     * (https://dev.mysql.com/doc/refman/8.0/en/comments.html). The driver writes SESSION behind each comma.
     */
    private static String list(Map<String, String> more) {
        Map<String, String> variables = new LinkedHashMap<>(VARIABLES);
        variables.putAll(more);
        String always = variables.entrySet().stream()
                .map(variable -> variable.getKey() + "=" + variable.getValue())
                .collect(Collectors.joining(","));
        // From 0 to 1 ends a transaction that init_connect may have begun.
        return "/*!80030 show_gipk_in_create_table_and_information_schema=1,*/ /*!80000 autocommit=0," + always
                + ",*/ autocommit=1";
    }

    /** @param database empty for none */
    public static String url(HostPort address, String database) {
        return "jdbc:mysql://" + address + "/" + database;
    }

    /**
     * The only way to open a connection outside a pool.
     *
     * @param properties of Connector/J, made of {@link #properties}
     * @throws IllegalArgumentException if they are not
     */
    public static Connection open(String url, Properties properties) throws SQLException {
        if (!properties.getProperty(PROPERTY, "").endsWith(",*/ autocommit=1")) {
            throw new IllegalArgumentException(PROPERTY + " must be made by SessionSettings.properties");
        }
        return DriverManager.getConnection(url, properties);
    }
}
