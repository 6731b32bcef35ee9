package distributedmysql.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import distributedmysql.config.ConnectionSettings;
import distributedmysql.history.Outcome;
import distributedmysql.mysql.Node;
import distributedmysql.topology.Deployment;
import distributedmysql.topology.ReplicaSet;
import distributedmysql.topology.TestServers;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Properties;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Connector/J on our sockets, against a real server. */
@Timeout(60)
class WatchedSocketIT {
    private static Deployment deployment;
    private static ReplicaSet replicaSet;
    private static Node server;

    @BeforeAll
    static void start() {
        deployment = TestServers.start();
        replicaSet = deployment.replicaSet();
        server = replicaSet.primary();
    }

    @AfterAll
    static void close() {
        deployment.close();
    }

    @Test
    void aStoppedServerIsGivenUpAfterTheSocketTimeout() throws SQLException {
        try (Connection connection = connect(Duration.ofSeconds(1), ConnectionSettings.SslMode.DISABLED);
                Statement statement = connection.createStatement()) {
            server.control().orElseThrow().pause();
            try {
                assertGivenUp(catchThrowableOfType(SQLException.class, () -> statement.executeQuery("SELECT 1")));
            } finally {
                server.control().orElseThrow().resume();
            }
            assertThat(connection.isValid(5)).isFalse();
        }
        try (Connection connection = connect(Duration.ofSeconds(1), ConnectionSettings.SslMode.DISABLED)) {
            assertThat(connection.isValid(5)).isTrue();
        }
    }

    @Test
    void aStoppedServerIsGivenUpWithTlsToo() throws SQLException {
        try (Connection connection = connect(Duration.ofSeconds(1), ConnectionSettings.SslMode.REQUIRED);
                Statement statement = connection.createStatement()) {
            server.control().orElseThrow().pause();
            try {
                assertGivenUp(catchThrowableOfType(SQLException.class, () -> statement.executeQuery("SELECT 1")));
            } finally {
                server.control().orElseThrow().resume();
            }
        }
    }

    @Test
    void aStoppedServerIsGivenUpWhileConnecting() {
        server.control().orElseThrow().pause();
        try {
            assertGivenUp(catchThrowableOfType(
                    SQLException.class, () -> connect(Duration.ofSeconds(1), ConnectionSettings.SslMode.DISABLED)));
        } finally {
            server.control().orElseThrow().resume();
        }
    }

    @Test
    void anAnswerThatTakesLessThanTheTimeoutComes() throws SQLException {
        try (Connection connection = connect(Duration.ofSeconds(10), ConnectionSettings.SslMode.DISABLED)) {
            assertThat(text(connection, "SELECT SLEEP(1)")).isEqualTo("0");
        }
    }

    @Test
    void largeAnswersAreWholeWithAndWithoutTls() throws SQLException {
        for (ConnectionSettings.SslMode mode : new ConnectionSettings.SslMode[] {
            ConnectionSettings.SslMode.DISABLED, ConnectionSettings.SslMode.REQUIRED
        }) {
            try (Connection connection = connect(Duration.ofSeconds(10), mode)) {
                String cipher = text(
                        connection,
                        "SELECT variable_value FROM performance_schema.session_status"
                                + " WHERE variable_name = 'Ssl_cipher'");
                assertThat(cipher.isEmpty()).isEqualTo(mode == ConnectionSettings.SslMode.DISABLED);
                assertThat(text(connection, "SELECT REPEAT('0123456789', 300000)"))
                        .isEqualTo("0123456789".repeat(300_000));
                assertThat(text(connection, "SELECT 'after it'")).isEqualTo("after it");
            }
        }
    }

    private static void assertGivenUp(SQLException e) {
        assertThat((Throwable) e).isNotNull();
        assertThat(e.getSQLState()).isEqualTo("08S01");
        assertThat(SqlFailure.whileExecuting(e).outcome()).isEqualTo(Outcome.UNKNOWN);
    }

    private static String text(Connection connection, String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getString(1);
        }
    }

    private static Connection connect(Duration socketTimeout, ConnectionSettings.SslMode mode) throws SQLException {
        ConnectionSettings settings = TestServers.settings().connection();
        Properties properties = ConnectorProperties.of(new ConnectionSettings(
                settings.poolSize(),
                settings.poolTimeout(),
                settings.connectTimeout(),
                socketTimeout,
                settings.statementTimeout(),
                settings.serverPreparedStatements(),
                mode,
                settings.caFile(),
                settings.trustStorePasswordEnv()));
        properties.setProperty("user", server.load().user());
        properties.setProperty("password", server.load().password().text());
        return DriverManager.getConnection("jdbc:mysql://" + server.address() + "/", properties);
    }
}
