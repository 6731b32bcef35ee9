package distributedmysql.config;

import java.time.Duration;
import java.util.Locale;

/**
 * Connections to the servers.
 *
 * @param poolSize most connections to one server
 * @param poolTimeout how long a statement waits for a connection
 * @param socketTimeout how long a server may be silent before the connection counts as broken
 * @param statementTimeout a statement that takes longer is ended
 */
public record ConnectionSettings(
        int poolSize,
        Duration poolTimeout,
        Duration connectTimeout,
        Duration socketTimeout,
        Duration statementTimeout,
        boolean serverPreparedStatements,
        SslMode sslMode) {

    /** Connector/J's {@code sslMode}. */
    public enum SslMode {
        DISABLED,
        PREFERRED,
        REQUIRED,
        VERIFY_CA,
        VERIFY_IDENTITY;

        public String label() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    static ConnectionSettings read(SettingsReader reader) {
        // HikariCP's least connection timeout is 250 ms.
        Duration least = Duration.ofMillis(250);
        ConnectionSettings settings = new ConnectionSettings(
                reader.integer("connection.pool-size", 1, 10_000),
                reader.duration("connection.pool-timeout", least, Settings.HOUR),
                reader.duration("connection.connect-timeout", least, Settings.HOUR),
                reader.duration("connection.socket-timeout", least, Settings.HOUR),
                reader.duration("connection.statement-timeout", Settings.MILLI, Settings.HOUR),
                reader.flag("connection.server-prepared-statements"),
                reader.oneOf("connection.ssl-mode", SslMode.class, SslMode::label));
        if (settings.socketTimeout.compareTo(settings.statementTimeout) <= 0) {
            throw reader.refused(
                    "connection.socket-timeout",
                    "must be longer than connection.statement-timeout = " + Durations.text(settings.statementTimeout)
                            + ", or a slow statement looks like a broken connection");
        }
        return settings;
    }
}
