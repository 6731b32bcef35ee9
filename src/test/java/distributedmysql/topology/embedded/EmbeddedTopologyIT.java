package distributedmysql.topology.embedded;

import static distributedmysql.topology.TestSql.execute;
import static distributedmysql.topology.TestSql.query;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import distributedmysql.config.Settings;
import distributedmysql.mysql.GtidSets;
import distributedmysql.mysql.Node;
import distributedmysql.mysql.ServerControl;
import distributedmysql.topology.OwnServers;
import distributedmysql.topology.ReplicaSet;
import distributedmysql.topology.Replication;
import distributedmysql.topology.TestServers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

@OwnServers(replicas = 2)
class EmbeddedTopologyIT {
    private static final Duration DEADLINE = Duration.ofSeconds(60);
    private static final Settings SETTINGS = TestServers.settings();
    private static ReplicaSet replicaSet;

    @BeforeAll
    static void start(ReplicaSet servers) {
        replicaSet = servers;
    }

    @Test
    void aPrimaryAndTwoReplicasReplicate() throws SQLException {
        execute(
                replicaSet.primary(),
                "CREATE DATABASE topology_it",
                "CREATE TABLE topology_it.t (id INT PRIMARY KEY)",
                "INSERT INTO topology_it.t VALUES (1), (2)");

        Replication.awaitConvergence(replicaSet, DEADLINE);

        assertThat(replicaSet.replicas()).hasSize(2);
        for (Node replica : replicaSet.replicas()) {
            assertThat(query(replica, "SELECT COUNT(*) FROM topology_it.t")).isEqualTo("2");
        }
    }

    @Test
    void replicasRefuseWritesEvenOfTheAdmin() {
        for (Node replica : replicaSet.replicas()) {
            assertThatThrownBy(() -> execute(replica, "CREATE DATABASE refused"))
                    .isInstanceOfSatisfying(
                            SQLException.class,
                            e -> assertThat(e.getErrorCode()).isEqualTo(1290));
        }
    }

    @Test
    void everyServerIsDurableAndSetUpForReplication() throws SQLException {
        for (Node node : replicaSet.nodes()) {
            assertThat(variables(
                            node,
                            "sync_binlog",
                            "innodb_flush_log_at_trx_commit",
                            "gtid_mode",
                            "enforce_gtid_consistency",
                            "binlog_format",
                            "replica_parallel_workers",
                            "replica_preserve_commit_order",
                            "replica_net_timeout",
                            "relay_log_recovery",
                            "max_connections",
                            "innodb_buffer_pool_size",
                            "bind_address",
                            "performance_schema"))
                    .containsExactly(
                            "1",
                            "1",
                            "ON",
                            "ON",
                            "ROW",
                            "4",
                            "1",
                            "4",
                            "1",
                            Integer.toString(SETTINGS.embedded().maxConnections()),
                            Long.toString(SETTINGS.embedded().bufferPoolBytes()),
                            "127.0.0.1",
                            "1");
        }
    }

    @Test
    void noServerHasTransactionsThatThePrimaryLacks() {
        Replication.awaitConvergence(replicaSet, DEADLINE);
        String primary = GtidSets.executed(replicaSet.primary());
        for (Node replica : replicaSet.replicas()) {
            assertThat(GtidSets.subtract(replica, GtidSets.executed(replica), primary))
                    .isEmpty();
        }
        assertThat(replicaSet.nodes().stream().map(Node::serverUuid)).doesNotHaveDuplicates();
    }

    @Test
    void everyServerHasTheFrameworksAccountsAndNoRoot() throws SQLException {
        String accounts =
                "SELECT GROUP_CONCAT(user, '@', host ORDER BY user) FROM mysql.user WHERE user NOT LIKE 'mysql.%'";
        for (Node node : replicaSet.nodes()) {
            assertThat(query(node, accounts)).isEqualTo("framework@127.%,load@127.%,replication@127.%");
        }
    }

    @Test
    void theLoadMayWriteToItsDatabaseOnly() throws SQLException {
        Node primary = replicaSet.primary();
        String database = SETTINGS.data().database();
        try (Connection connection = Node.connect(primary.address(), primary.load());
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + database);
            statement.execute("CREATE TABLE " + database + ".t (id INT PRIMARY KEY)");
            statement.execute("INSERT INTO " + database + ".t VALUES (1)");
            statement.execute("DROP DATABASE " + database);
            // Underscores are literal: a name that differs only there is another database.
            for (String other : List.of("mysql", "elsewhere", database.replace('_', 'x'))) {
                assertThatThrownBy(() -> statement.execute("CREATE TABLE " + other + ".t (id INT)"))
                        .isInstanceOfSatisfying(
                                SQLException.class,
                                e -> assertThat(e.getErrorCode()).isEqualTo(1142));
            }
        }
    }

    @Test
    void noPasswordIsInAnArgumentOrAFileThatIsLeft() throws IOException {
        for (Node node : replicaSet.nodes()) {
            ServerControl control = node.control().orElseThrow();
            String arguments = Files.readString(Path.of("/proc/" + control.pid().orElseThrow() + "/cmdline"));
            String log = Files.readString(directoryOf(arguments).resolve("error.log"));
            List<String> passwords = List.of(
                    node.admin().password().text(),
                    node.load().password().text(),
                    replicaSet.replicationAccount().orElseThrow().password().text());
            assertThat(arguments).doesNotContain(passwords);
            assertThat(log).contains("ready for connections").doesNotContain(passwords);
            try (Stream<Path> files = Files.list(directoryOf(arguments))) {
                assertThat(files.map(file -> file.getFileName().toString()))
                        .containsExactlyInAnyOrder("data", "error.log");
            }
        }
    }

    private static Path directoryOf(String arguments) {
        return Stream.of(arguments.split("\0"))
                .filter(argument -> argument.startsWith("--datadir="))
                .map(argument ->
                        Path.of(argument.substring("--datadir=".length())).getParent())
                .findFirst()
                .orElseThrow();
    }

    private static List<String> variables(Node node, String... names) throws SQLException {
        List<String> values = new java.util.ArrayList<>();
        for (String name : names) {
            values.add(query(node, "SELECT @@global." + name));
        }
        return values;
    }
}
