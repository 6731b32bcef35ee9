package distributedmysql.connection;

import distributedmysql.config.ConnectionSettings;
import java.util.Properties;

/**
 * Connector/J's properties for load generation (MySQL Connector/J Developer Guide, "Configuration Properties").
 */
final class ConnectorProperties {
    private static final int PREPARED_STATEMENTS = 250;
    private static final String SESSION_VARIABLES = "sessionVariables";
    private static final int LONGEST_CACHED_STATEMENT = 2048;

    private ConnectorProperties() {}

    static Properties of(ConnectionSettings settings) {
        Properties properties = new Properties();
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
        // caching_sha2_password without TLS needs the server's key (RSA exchange).
        set(properties, "allowPublicKeyRetrieval", true);
        set(properties, "connectionTimeZone", "UTC");
        // The acknowledgement of a commit carries its GTID (MySQL manual, "Server Tracking of Client Session State").
        set(properties, "trackSessionState", true);
        set(
                properties,
                SESSION_VARIABLES,
                "session_track_gtids=OWN_GTID,innodb_lock_wait_timeout=" + seconds(settings));
        return properties;
    }

    /**
     * As {@link #of}; the server ends a SELECT that takes longer than {@code connection.statement-timeout}, which costs it
     * two system calls for each ({@code timer_settime}).
     */
    static Properties withServerTimeout(ConnectionSettings settings) {
        Properties properties = of(settings);
        String variables = properties.getProperty(SESSION_VARIABLES);
        set(
                properties,
                SESSION_VARIABLES,
                variables + ",max_execution_time=" + settings.statementTimeout().toMillis());
        return properties;
    }

    /** A write that waits for a lock is always ended by the server: a transaction that holds what others want must end. */
    private static long seconds(ConnectionSettings settings) {
        return Math.max(1, (settings.statementTimeout().toMillis() + 999) / 1000);
    }

    private static void set(Properties properties, String name, Object value) {
        properties.setProperty(name, value.toString());
    }
}
