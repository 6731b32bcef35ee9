package distributedmysql.load;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import distributedmysql.config.ConnectionSettings;
import distributedmysql.config.Settings;
import distributedmysql.experiment.AllSettings;
import distributedmysql.mysql.Node;
import distributedmysql.mysql.Tls;
import distributedmysql.mysql.TopologyException;
import distributedmysql.topology.Deployment;
import distributedmysql.topology.HostileDefaults;
import distributedmysql.topology.ReplicaSet;
import distributedmysql.topology.TestServers;
import distributedmysql.topology.TestSql;
import distributedmysql.topology.external.ExternalTopology;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What a server's defaults are is no matter to a session of ours, however it is opened. */
class HostileSessionsIT {
    /** As SHOW SESSION VARIABLES prints it. */
    private static final Map<String, String> SESSION = Map.ofEntries(
            entry("autocommit", "ON"),
            entry("character_set_client", "utf8mb4"),
            entry("character_set_connection", "utf8mb4"),
            // NULL: the server converts nothing.
            entry("character_set_results", ""),
            entry("collation_connection", "utf8mb4_0900_ai_ci"),
            entry("completion_type", "NO_CHAIN"),
            entry("foreign_key_checks", "ON"),
            entry("innodb_lock_wait_timeout", "50"),
            entry("lock_wait_timeout", "50"),
            entry("max_execution_time", "0"),
            entry("max_join_size", "18446744073709551615"),
            entry("max_sort_length", "8192"),
            entry("net_read_timeout", "30"),
            entry("net_write_timeout", "60"),
            entry("range_optimizer_max_mem_size", "8388608"),
            entry("show_gipk_in_create_table_and_information_schema", "ON"),
            entry("sql_auto_is_null", "OFF"),
            entry("sql_big_selects", "ON"),
            entry(
                    "sql_mode",
                    "ONLY_FULL_GROUP_BY,STRICT_TRANS_TABLES,NO_ZERO_IN_DATE,NO_ZERO_DATE,ERROR_FOR_DIVISION_BY_ZERO,"
                            + "NO_ENGINE_SUBSTITUTION"),
            entry("sql_quote_show_create", "ON"),
            entry("sql_safe_updates", "OFF"),
            entry("sql_select_limit", "18446744073709551615"),
            entry("time_zone", "+00:00"),
            entry("transaction_isolation", "REPEATABLE-READ"),
            entry("transaction_read_only", "OFF"),
            entry("unique_checks", "ON"),
            entry("wait_timeout", "28800"));

    private static Deployment deployment;
    private static ReplicaSet replicaSet;
    private static Node primary;

    @BeforeAll
    static void start() {
        deployment = TestServers.start();
        replicaSet = deployment.replicaSet();
        primary = replicaSet.primary();
    }

    @AfterAll
    static void end() {
        deployment.close();
    }

    @AfterEach
    void reset() throws SQLException {
        HostileDefaults.reset(replicaSet);
    }

    @Test
    void everySessionReadsBackWhatItDependsOn() throws Exception {
        for (HostileDefaults each : HostileDefaults.values()) {
            each.set(replicaSet);
        }
        ConnectionSettings settings = external().connection();
        String seconds = Long.toString(settings.statementTimeout().toSeconds());
        Map<String, String> load = Map.of(
                "innodb_lock_wait_timeout", seconds, "lock_wait_timeout", seconds, "session_track_gtids", "OWN_GTID");
        try (Connection own = primary.connect();
                Connection stranger = Node.connect(primary.address(), primary.load())) {
            assertSession(own, Map.of());
            assertSession(stranger, Map.of());
        }
        Node readOnly = new Node(
                "reader",
                primary.address(),
                primary.version(),
                primary.serverUuid(),
                primary.load(),
                primary.load(),
                Optional.empty(),
                primary.address(),
                Tls.PREFERRED,
                true);
        try (Connection connection = readOnly.connect()) {
            assertSession(connection, Map.of("transaction_read_only", "ON"));
        }
        try (ConnectionPools pools = new ConnectionPools(replicaSet, "information_schema", settings);
                HeldConnection connection = pools.of(primary).take()) {
            assertSession(connection.jdbc(), load);
        }
        // The plugin's pools and those of the connection steps.
        Map<String, String> watched = new HashMap<>(load);
        watched.put(
                "max_execution_time", Long.toString(settings.statementTimeout().toMillis()));
        try (HikariDataSource pool = new HikariDataSource(NodePool.hikariConfig(
                        primary, "information_schema", settings, primary.cap().waits()));
                Connection connection = pool.getConnection()) {
            assertSession(connection, watched);
        }
        AtomicInteger asserted = new AtomicInteger();
        new ConnectionStep(primary, "information_schema", settings, 1, connection -> {
                    assertSession(connection, watched);
                    asserted.incrementAndGet();
                })
                .run(Duration.ZERO, Duration.ofMillis(20));
        assertThat(asserted).hasPositiveValue();
    }

    private static void assertSession(Connection connection, Map<String, String> special) throws SQLException {
        Map<String, String> expected = new TreeMap<>(SESSION);
        expected.putAll(special);
        Map<String, String> found = new TreeMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SHOW SESSION VARIABLES")) {
            while (rows.next()) {
                found.put(rows.getString(1), rows.getString(2));
            }
        }
        found.keySet().retainAll(expected.keySet());
        assertThat(found).isEqualTo(expected);
        assertThat(connection.getAutoCommit()).isTrue();
        // The driver believes what the server was told last: a backslash escapes, and quotes are literals.
        try (PreparedStatement statement = connection.prepareStatement("SELECT ?, \"c\", 'a\\'b'")) {
            statement.setString(1, "x\\'y");
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                assertThat(row.getString(1) + row.getString(2) + row.getString(3))
                        .isEqualTo("x\\'yca'b");
            }
        }
    }

    @Test
    void whatNoSessionMaySetIsRefusedOrWarnedOf() throws Exception {
        List<String> console = new ArrayList<>();
        Map<String, String> password =
                Map.of("MYSQL_PASSWORD", primary.admin().password().text());
        TestSql.execute(primary, "SET GLOBAL init_connect = 'SET @who = 1'");
        new ExternalTopology(external(), password, console::add).start();
        assertThat(String.join("\n", console))
                .contains(
                        "warning: " + primary.address() + ": init_connect = SET @who = 1: runs first in every session");
        TestSql.execute(primary, "SET GLOBAL binlog_format = STATEMENT");
        try {
            assertThatThrownBy(() -> new ExternalTopology(external(), password, console::add).start())
                    .isInstanceOf(TopologyException.class)
                    .hasMessageStartingWith(
                            primary.address() + ": binlog_format = STATEMENT: must be ROW or MIXED, because");
        } finally {
            TestSql.execute(primary, "SET GLOBAL binlog_format = ROW");
        }
    }

    private static Settings external() {
        Properties properties = new Properties();
        properties.putAll(Map.of(
                "profile", "quick",
                "topology", "external",
                "external.user", primary.admin().user(),
                "external.primary", primary.address().toString(),
                "external.replicas", replicaSet.replicas().get(0).address().toString()));
        return AllSettings.load(properties);
    }
}
