package distributedmysql.load;

import distributedmysql.config.ConnectionSettings;
import distributedmysql.mysql.SessionSettings;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;

/**
 * Connector/J's properties for load generation (MySQL Connector/J Developer Guide, "Configuration Properties").
 */
final class ConnectorProperties {
    private static final int PREPARED_STATEMENTS = 250;
    private static final int LONGEST_CACHED_STATEMENT = 2048;

    private ConnectorProperties() {}

    static Properties of(ConnectionSettings settings) {
        return with(settings, variables(settings));
    }

    /**
     * As {@link #of}; the server ends a SELECT that takes longer than {@code connection.statement-timeout}, which costs it
     * two system calls for each ({@code timer_settime}).
     */
    static Properties withServerTimeout(ConnectionSettings settings) {
        Map<String, String> variables = variables(settings);
        variables.put(
                "max_execution_time", Long.toString(settings.statementTimeout().toMillis()));
        return with(settings, variables);
    }

    private static Map<String, String> variables(ConnectionSettings settings) {
        Map<String, String> variables = new HashMap<>();
        // The acknowledgement of a commit carries its GTID (MySQL manual, "Server Tracking of Client Session State").
        variables.put("session_track_gtids", "OWN_GTID");
        // What waits for a lock is always ended by the server: a transaction that holds what others want must end.
        String seconds = Long.toString(Math.max(1, (settings.statementTimeout().toMillis() + 999) / 1000));
        variables.put("innodb_lock_wait_timeout", seconds);
        variables.put("lock_wait_timeout", seconds);
        return variables;
    }

    private static Properties with(ConnectionSettings settings, Map<String, String> variables) {
        Properties properties = SessionSettings.properties(variables);
        set(properties, "connectTimeout", settings.connectTimeout().toMillis());
        // 0, the default, waits for ever for a server that died without closing its sockets.
        set(properties, "socketTimeout", settings.socketTimeout().toMillis());
        set(properties, "tcpKeepAlive", true);
        // One system call to read an answer instead of six; its stream has a buffer and reads ahead by itself.
        set(properties, "socketFactory", WatchedSocketFactory.class.getName());
        set(properties, "useReadAheadInput", false);
        // Statements are prepared once per connection and kept.
        set(properties, "useServerPrepStmts", settings.serverPreparedStatements());
        set(properties, "cachePrepStmts", true);
        set(properties, "prepStmtCacheSize", PREPARED_STATEMENTS);
        set(properties, "prepStmtCacheSqlLimit", LONGEST_CACHED_STATEMENT);
        // The driver asks the server for nothing that it already knows; nobody else changes these sessions.
        set(properties, "useLocalSessionState", true);
        set(properties, "alwaysSendSetIsolation", false);
        // Two clock readings less per statement.
        set(properties, "maintainTimeStats", false);
        // Not cached: a server may come back with other settings after a failover.
        set(properties, "cacheServerConfiguration", false);
        set(properties, "sslMode", settings.sslMode().name());
        // Tells the driver to read the GTID.
        set(properties, "trackSessionState", true);
        return properties;
    }

    private static void set(Properties properties, String name, Object value) {
        properties.setProperty(name, value.toString());
    }
}
