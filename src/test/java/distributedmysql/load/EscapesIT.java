package distributedmysql.load;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import distributedmysql.config.ConnectionSettings;
import distributedmysql.mysql.Node;
import distributedmysql.topology.TestServers;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The server gets the text that was written: Connector/J replaces none of JDBC's escapes, however a connection was opened. */
class EscapesIT {
    private static final String TEXT =
            "{fn now()}{d '2020-01-01'}{ts '2020-01-01 00:00:00'}{t '00:00:00'}{call p}{oj t}"
                    + "{escape '/'}{\"a\": {\"fn\": [1, \"{fn pi()}\"]}}\\{";
    private static final String LITERAL = "'" + TEXT.replace("\\", "\\\\").replace("'", "''") + "'";
    private static final String QUERY = "SELECT " + LITERAL + " AS `{fn a}`, \"{fn pi()}\", ? /* {fn b} ? */";

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void inTheLoadsPools(boolean serverPrepared) throws Exception {
        Node primary = TestServers.shared().primary();
        ConnectionSettings settings = settings(serverPrepared);
        try (NodePool pool = new NodePool(primary, "information_schema", settings);
                HeldConnection connection = pool.take()) {
            assertUntouched(connection.jdbc());
            assertUntouched(connection.statement(QUERY));
        }
        try (HikariDataSource pool = new HikariDataSource(NodePool.hikariConfig(
                        primary, "information_schema", settings, primary.cap().waits()));
                Connection connection = pool.getConnection()) {
            assertUntouched(connection);
        }
        AtomicInteger untouched = new AtomicInteger();
        ConnectionStep step = new ConnectionStep(primary, "information_schema", settings, 1, connection -> {
            assertUntouched(connection);
            untouched.incrementAndGet();
        });
        assertThat(step.run(Duration.ZERO, Duration.ofMillis(20)).failures()).isEmpty();
        assertThat(untouched).hasPositiveValue();
    }

    @Test
    void inTheFrameworksOwnConnections() throws Exception {
        Node primary = TestServers.shared().primary();
        try (Connection own = primary.connect();
                Connection batches = primary.connect(Map.of("rewriteBatchedStatements", "true"));
                Connection stranger = Node.connect(primary.address(), primary.load())) {
            assertUntouched(own);
            assertUntouched(batches);
            assertUntouched(stranger);
        }
    }

    private static void assertUntouched(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                PreparedStatement prepared = connection.prepareStatement(QUERY)) {
            try (ResultSet row = statement.executeQuery(QUERY.replace("?", "'?'"))) {
                assertRow(row, "?");
            }
            assertUntouched(prepared);
        }
    }

    private static void assertUntouched(PreparedStatement prepared) throws SQLException {
        prepared.setString(1, TEXT);
        try (ResultSet row = prepared.executeQuery()) {
            assertRow(row, TEXT);
        }
    }

    private static void assertRow(ResultSet row, String parameter) throws SQLException {
        assertThat(row.next()).isTrue();
        assertThat(row.getString("{fn a}")).isEqualTo(TEXT);
        assertThat(row.getString(2)).isEqualTo("{fn pi()}");
        assertThat(row.getString(3)).isEqualTo(parameter);
    }

    private static ConnectionSettings settings(boolean serverPrepared) {
        ConnectionSettings quick = TestServers.settings().connection();
        return new ConnectionSettings(
                3,
                quick.poolTimeout(),
                quick.connectTimeout(),
                quick.socketTimeout(),
                quick.statementTimeout(),
                serverPrepared,
                quick.sslMode(),
                quick.caFile(),
                quick.trustStorePasswordEnv());
    }
}
