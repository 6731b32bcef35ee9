package distributedmysql.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/**
 * Connections to the servers.
 *
 * @param poolSize most connections to one server
 * @param poolTimeout how long a statement waits for a connection
 * @param socketTimeout how long a server may be silent before the connection counts as broken
 * @param statementTimeout a statement that takes longer is ended
 * @param caFile whom the servers' certificates must be signed by: PEM certificates, or a trust store; empty for those
 *     that the JVM trusts
 * @param trustStorePasswordEnv the environment variable that holds the trust store's password
 */
public record ConnectionSettings(
        int poolSize,
        Duration poolTimeout,
        Duration connectTimeout,
        Duration socketTimeout,
        Duration statementTimeout,
        boolean serverPreparedStatements,
        SslMode sslMode,
        Optional<Path> caFile,
        String trustStorePasswordEnv) {

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

        /** Whether the server's certificate is verified. */
        public boolean verifies() {
            return this == VERIFY_CA || this == VERIFY_IDENTITY;
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
                reader.oneOf("connection.ssl-mode", SslMode.class, SslMode::label),
                FilePath.optionalSetting(reader, "connection.ca-file", "a file"),
                reader.text(
                        "connection.trust-store-password-env",
                        "the name of an environment variable",
                        text -> !text.isBlank()));
        if (settings.socketTimeout.compareTo(settings.statementTimeout) <= 0) {
            throw reader.refusedTogether(
                    "connection.socket-timeout must be longer than connection.statement-timeout, or a slow statement looks"
                            + " like a broken connection",
                    "connection.socket-timeout",
                    "connection.statement-timeout");
        }
        if (settings.caFile.isPresent() && !settings.sslMode.verifies()) {
            throw reader.refusedTogether(
                    "connection.ca-file is of no use unless connection.ssl-mode is verify-ca or verify-identity",
                    "connection.ca-file",
                    "connection.ssl-mode");
        }
        return settings;
    }
}
