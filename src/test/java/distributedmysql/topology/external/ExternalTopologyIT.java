package distributedmysql.topology.external;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import distributedmysql.config.Settings;
import distributedmysql.experiment.AllSettings;
import distributedmysql.load.ConnectionPools;
import distributedmysql.load.HeldConnection;
import distributedmysql.mysql.Credentials;
import distributedmysql.mysql.Node;
import distributedmysql.mysql.TopologyException;
import distributedmysql.topology.Deployment;
import distributedmysql.topology.ReplicaSet;
import distributedmysql.topology.Replication;
import distributedmysql.topology.TestServers;
import distributedmysql.topology.TestSql;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.function.BooleanSupplier;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is not as described is an error before anything is written, and leaves the servers as they were. */
class ExternalTopologyIT {
    private static final Duration DEADLINE = Duration.ofSeconds(60);
    private static final String DATABASE = "external_it";
    private static final String PRIVILEGES =
            "GRANT SELECT, INSERT, UPDATE, DELETE, CREATE, DROP ON `external\\_it`.* TO ";

    private static Deployment deployment;
    private static ReplicaSet replicaSet;
    private static Node primary;
    private static Node replica;
    private static Node second;

    @TempDir
    Path directory;

    private final List<String> console = new ArrayList<>();

    @BeforeAll
    static void start() throws SQLException {
        deployment = TestServers.start(2);
        replicaSet = deployment.replicaSet();
        primary = replicaSet.primary();
        replica = replicaSet.replicas().get(0);
        second = replicaSet.replicas().get(1);
        TestSql.execute(
                primary,
                "CREATE DATABASE theirs",
                "CREATE TABLE theirs.t (id INT PRIMARY KEY)",
                "INSERT INTO theirs.t VALUES (1), (2)");
        Replication.awaitConvergence(replicaSet, DEADLINE);
    }

    @AfterAll
    static void end() {
        deployment.close();
    }

    @Test
    void whoIsWhatIsFoundAndSaid() throws Exception {
        ServerState before = state();
        ReplicaSet found =
                topology(admin(), servers(primary, replica, second)).start().replicaSet();

        assertThat(found.primary().serverUuid()).isEqualTo(primary.serverUuid());
        assertThat(found.replicas())
                .extracting(Node::serverUuid)
                .containsExactly(replica.serverUuid(), second.serverUuid());
        assertThat(found.nodes()).allMatch(node -> node.control().isEmpty());
        assertThat(String.join("\n", console))
                .contains("primary " + primary.address() + ": MySQL " + primary.version() + ", server_uuid "
                        + primary.serverUuid())
                .contains("writes only into the database " + DATABASE, "drops at the end")
                .doesNotContain("warning")
                .doesNotContain(admin().password().text());
        assertThat(state()).isEqualTo(before);
    }

    @Test
    void aUserWithTheFewestPrivilegesWillDoAndOneLessWillNot() throws Exception {
        Credentials user = new Credentials("few", "few-privileges");
        TestSql.execute(
                primary,
                "CREATE USER few IDENTIFIED BY 'few-privileges'",
                "GRANT REPLICATION CLIENT ON *.* TO few",
                "GRANT SELECT ON performance_schema.* TO few",
                PRIVILEGES + "few");
        Replication.awaitConvergence(replicaSet, DEADLINE);
        try {
            assertThat(topology(user, servers(primary, replica))
                            .start()
                            .replicaSet()
                            .replicas())
                    .hasSize(1);

            TestSql.execute(primary, "REVOKE INSERT ON `external\\_it`.* FROM few");
            Replication.awaitConvergence(replicaSet, DEADLINE);
            assertRefused(
                    user,
                    servers(primary, replica),
                    primary.address() + " as few: lacks privileges",
                    "ON `external\\_it`.* TO `few`@`%`;",
                    "For a user who may only read, external.read-only = true gives what is possible");
        } finally {
            TestSql.execute(primary, "DROP USER few");
        }
    }

    @Test
    void aReadOnlyRunNeedsNoMoreThanToReadWhatItCompares() throws Exception {
        Credentials user = new Credentials("looks", "looks-only");
        TestSql.execute(
                primary,
                "CREATE USER looks IDENTIFIED BY 'looks-only'",
                "GRANT REPLICATION CLIENT ON *.* TO looks",
                "GRANT SELECT ON performance_schema.* TO looks");
        Replication.awaitConvergence(replicaSet, DEADLINE);
        try {
            String[] lagOnly = with(servers(primary, replica), "external.read-only=true");
            assertThat(topology(user, lagOnly).start().replicaSet().replicas()).hasSize(1);
            String[] compared = with(lagOnly, "external.compare-databases=theirs");
            assertRefused(user, compared, "as looks: lacks privileges", "GRANT SELECT ON `theirs`.* TO `looks`@`%`;");

            TestSql.execute(primary, "GRANT SELECT ON theirs.* TO looks");
            Replication.awaitConvergence(replicaSet, DEADLINE);
            assertThat(topology(user, compared).start().replicaSet().replicas()).hasSize(1);
            assertThat(String.join("\n", console))
                    .contains("external.read-only: writes nothing", "compares the tables of theirs;")
                    .doesNotContain("writes only into the database");
        } finally {
            TestSql.execute(primary, "DROP USER looks");
        }
    }

    @Test
    void aDatabaseToCompareThatIsNotThereIsRefused() throws Exception {
        assertRefused(
                admin(),
                with(servers(primary, replica), "external.read-only=true", "external.compare-databases=theirs,shopp"),
                "has no database shopp, or the user may not see it; check external.compare-databases");
    }

    @Test
    void inAReadOnlyRunTheServerRefusesWritesOfAnyUser() throws Exception {
        ServerState before = state();
        String[] readOnly = with(servers(primary, replica), "external.read-only=true");
        ReplicaSet found = topology(admin(), readOnly).start().replicaSet();
        // As a text that the driver does not see through: it would refuse a write by itself.
        for (String write : List.of(
                "INSERT INTO theirs.t VALUES (99)", "CREATE TABLE theirs.u (id INT)", "CREATE DATABASE " + DATABASE)) {
            assertThatThrownBy(() -> TestSql.execute(found.primary(), "PREPARE p FROM '" + write + "'", "EXECUTE p"))
                    .isInstanceOfSatisfying(
                            SQLException.class,
                            e -> assertThat(e.getErrorCode()).isEqualTo(1792));
        }
        try (ConnectionPools pools = new ConnectionPools(
                        found, "", settings(admin(), readOnly).connection());
                HeldConnection held = pools.of(found.primary()).take();
                Statement statement = held.jdbc().createStatement();
                ResultSet row = statement.executeQuery("SELECT @@session.transaction_read_only")) {
            row.next();
            assertThat(row.getBoolean(1)).isTrue();
        }
        assertThat(state()).isEqualTo(before);
    }

    @Test
    void privilegesOfARoleCount() throws Exception {
        TestSql.execute(
                primary,
                "CREATE ROLE tester",
                "GRANT REPLICATION CLIENT ON *.* TO tester",
                "GRANT SELECT ON performance_schema.* TO tester",
                PRIVILEGES + "tester",
                "CREATE USER by_role IDENTIFIED BY 'by-role' DEFAULT ROLE tester");
        Replication.awaitConvergence(replicaSet, DEADLINE);
        try {
            Credentials user = new Credentials("by_role", "by-role");
            assertThat(topology(user, servers(primary, replica))
                            .start()
                            .replicaSet()
                            .replicas())
                    .hasSize(1);
        } finally {
            TestSql.execute(primary, "DROP USER by_role", "DROP ROLE tester");
        }
    }

    @Test
    void aReplicaDescribedAsThePrimaryIsRefused() throws Exception {
        assertRefused(
                admin(),
                servers(replica, primary),
                "is read-only and replicates from " + primary.address(),
                "external.primary");
    }

    @Test
    void aWritableReplicaDescribedAsThePrimaryIsRefused() throws Exception {
        Replication.setReadOnly(replica, false);
        try {
            assertRefused(admin(), servers(replica, second), "takes writes and replicates from " + primary.address());
        } finally {
            Replication.setReadOnly(replica, true);
        }
    }

    @Test
    void aPromotedPrimaryThatStillHasASourceIsAPrimary() throws Exception {
        Replication.stopThreads(replica);
        Replication.setReadOnly(replica, false);
        Replication.follow(second, replica, replicaSet.replicationAccount().orElseThrow(), DEADLINE);
        try {
            assertThat(topology(admin(), servers(replica, second))
                            .start()
                            .replicaSet()
                            .primary()
                            .serverUuid())
                    .isEqualTo(replica.serverUuid());
        } finally {
            Replication.follow(second, primary, replicaSet.replicationAccount().orElseThrow(), DEADLINE);
            Replication.setReadOnly(replica, true);
            Replication.startThreads(replica);
            Replication.awaitRunning(replica, DEADLINE);
        }
    }

    @Test
    void aPrimaryDescribedAsAReplicaIsRefused() throws Exception {
        Replication.forgetSource(second);
        Replication.setReadOnly(second, false);
        try {
            assertRefused(admin(), servers(primary, second), second.address() + "", "replicates from nobody");
        } finally {
            Replication.setReadOnly(second, true);
            Replication.follow(second, primary, replicaSet.replicationAccount().orElseThrow(), DEADLINE);
        }
    }

    @Test
    void aReplicaOfAnotherServerIsRefused() throws Exception {
        Credentials account = replicaSet.replicationAccount().orElseThrow();
        Replication.follow(second, replica, account, DEADLINE);
        try {
            assertRefused(
                    admin(),
                    servers(primary, second),
                    "replicates from " + replica.address() + " (server_uuid " + replica.serverUuid() + "), not from");
        } finally {
            Replication.follow(second, primary, account, DEADLINE);
        }
    }

    @Test
    void brokenReplicationIsRefusedWithItsError() throws Exception {
        TestSql.execute(
                replica,
                "SET GLOBAL super_read_only = OFF",
                "SET sql_log_bin = 0",
                "INSERT INTO theirs.t VALUES (77)",
                "SET GLOBAL super_read_only = ON");
        TestSql.execute(primary, "INSERT INTO theirs.t VALUES (77)");
        try {
            await(() -> !Replication.status(replica).sqlRunning());
            assertRefused(
                    admin(), servers(primary, replica), "does not run", "applier not running", "Duplicate entry '77'");
        } finally {
            TestSql.execute(
                    replica,
                    "SET GLOBAL super_read_only = OFF",
                    "SET sql_log_bin = 0",
                    "DELETE FROM theirs.t WHERE id = 77",
                    "SET GLOBAL super_read_only = ON");
            Replication.startApplier(replica);
            Replication.awaitConvergence(replicaSet, DEADLINE);
        }
    }

    @Test
    void aServerThatTakesOnlyEncryptedConnectionsSaysSo() throws Exception {
        TestSql.execute(primary, "SET GLOBAL require_secure_transport = ON");
        try {
            assertRefused(admin(), servers(primary, replica), "error 3159", "connection.ssl-mode = required");
            String[] encrypted = with(servers(primary, replica), "connection.ssl-mode=required");
            assertThat(topology(admin(), encrypted).start().replicaSet().replicas())
                    .hasSize(1);
        } finally {
            TestSql.execute(primary, "SET GLOBAL require_secure_transport = OFF");
        }
    }

    @Test
    void certificatesAreVerifiedWhenAsked() throws Exception {
        Path authority = Path.of(TestSql.query(primary, "SELECT @@datadir"), "ca.pem");
        // The servers of a replica set are copies of one data directory, its certificates included.
        String[] byAuthority =
                with(servers(primary, replica), "connection.ssl-mode=verify-ca", "connection.ca-file=" + authority);
        assertThat(topology(admin(), byAuthority).start().replicaSet().replicas())
                .hasSize(1);
        Path other = Path.of(TestSql.query(replica, "SELECT @@datadir"), "client-cert.pem");
        assertRefused(
                admin(),
                with(servers(primary, replica), "connection.ssl-mode=verify-ca", "connection.ca-file=" + other),
                primary.address() + " as ",
                "check connection.ca-file");
        assertRefused(
                admin(),
                with(
                        servers(primary, replica),
                        "connection.ssl-mode=verify-identity",
                        "connection.ca-file=" + authority),
                primary.address() + " as ",
                "for verify-identity");
        Path nothing = Files.writeString(directory.resolve("ca.pem"), "nothing");
        assertRefused(
                admin(),
                with(servers(primary, replica), "connection.ssl-mode=verify-ca", "connection.ca-file=" + nothing),
                "connection.ca-file = " + nothing,
                "cannot be read");
    }

    @Test
    void aServerWithoutTlsIsRefusedWhereTlsIsAskedFor() throws Exception {
        try (Deployment deployment = TestServers.start("--tls-version=")) {
            ReplicaSet plain = deployment.replicaSet();
            String[] encrypted =
                    with(servers(plain.primary(), plain.replicas().get(0)), "connection.ssl-mode=required");
            ServerState before = ServerState.of(plain.nodes());
            assertThatThrownBy(
                            () -> topology(plain.primary().admin(), encrypted).start())
                    .isInstanceOf(TopologyException.class)
                    .hasMessageContainingAll(plain.primary().address() + " as ", "does the server offer TLS?");
            assertThat(ServerState.of(plain.nodes())).isEqualTo(before);
        }
    }

    @Test
    void anEndpointIsKnownByTheServerBehindIt() throws Exception {
        try (Endpoint writer = new Endpoint(primary.address());
                Endpoint reader = new Endpoint(replica.address());
                Endpoint both = new Endpoint(replica.address(), second.address())) {
            String[] endpoints = {"external.primary=" + writer.address(), "external.replicas=" + reader.address()};
            ReplicaSet found = topology(admin(), endpoints).start().replicaSet();
            assertThat(found.primary().serverUuid()).isEqualTo(primary.serverUuid());
            assertThat(found.replicas().get(0).serverUuid()).isEqualTo(replica.serverUuid());

            String[] same = {"external.primary=" + writer.address(), "external.replicas=" + primary.address()};
            assertRefused(admin(), same, writer.address() + " and " + primary.address() + " lead to one server");
            String[] several = {"external.primary=" + writer.address(), "external.replicas=" + both.address()};
            assertRefused(admin(), several, both.address() + ": leads to several servers", second.serverUuid());
        }
    }

    @Test
    void whatAUserMeetsFirstIsSaidPlainly() throws Exception {
        Credentials wrong = new Credentials(admin().user(), "wrong-password-1d7");
        assertRefused(
                wrong, servers(primary, replica), "error 1045", "the password came from the environment variable");
        String[] unknown = {"external.primary=no-such-host.invalid:3306"};
        assertRefused(admin(), unknown, "no-such-host.invalid:3306", "there is no such host");
        String[] closed = {"external.primary=127.0.0.1:1"};
        assertRefused(admin(), closed, "127.0.0.1:1", "nobody listens there", "docker/docker-compose.yml");
    }

    @Test
    void whatWouldSpoilTheResultIsWarnedAbout() throws Exception {
        Replication.setReadOnly(replica, false);
        try {
            topology(
                            admin(),
                            with(
                                    servers(primary, replica),
                                    "connection.pool-size=1000",
                                    "external.max-connections=1100"))
                    .start();
        } finally {
            Replication.setReadOnly(replica, true);
        }
        assertThat(String.join("\n", console))
                .contains("warning: " + primary.address() + ": max_connections = 600: this profile may need 1020")
                .contains("warning: " + primary.address() + ": max_prepared_stmt_count = 16382")
                .contains("warning: " + replica.address() + ": super_read_only = OFF");
    }

    @Test
    void serversAreHarmedOnlyByTheUsersOwnCommands() throws Exception {
        Path told = directory.resolve("told");
        long pid = second.control().orElseThrow().pid().orElseThrow();
        ReplicaSet found = topology(
                        admin(),
                        with(
                                servers(primary, second),
                                "external.allow-faults=true",
                                "external.hooks.kill=echo $NODE_NAME $NODE_HOST $NODE_PORT >" + told + "; kill -9 "
                                        + pid,
                                "external.hooks.start=exit 3"))
                .start()
                .replicaSet();
        Node same = found.replicas().get(0);
        same.control().orElseThrow().kill();

        assertThat(told).hasContent("node2 127.0.0.1 " + second.address().port() + "\n");
        assertThat(same.control().orElseThrow().isAlive()).isFalse();
        assertThatThrownBy(() -> same.control().orElseThrow().start(DEADLINE))
                .isInstanceOf(TopologyException.class)
                .hasMessageContaining("external.hooks.start = exit 3: exit code 3");
        second.control().orElseThrow().start(DEADLINE);
        Replication.awaitRunning(second, DEADLINE);
        assertThat(same.control().orElseThrow().isAlive()).isTrue();
    }

    private ExternalTopology topology(Credentials user, String... settings) {
        return new ExternalTopology(
                settings(user, settings),
                Map.of("MYSQL_PASSWORD", user.password().text()),
                console::add);
    }

    private static Settings settings(Credentials user, String... settings) {
        Properties properties = new Properties();
        properties.setProperty("profile", "quick");
        properties.setProperty("topology", "external");
        properties.setProperty("external.user", user.user());
        properties.setProperty("data.database", DATABASE);
        for (String setting : settings) {
            int equals = setting.indexOf('=');
            properties.setProperty(setting.substring(0, equals), setting.substring(equals + 1));
        }
        return AllSettings.load(properties);
    }

    private void assertRefused(Credentials user, String[] settings, String... reasons) throws SQLException {
        ServerState before = state();
        assertThatThrownBy(() -> topology(user, settings).start())
                .isInstanceOf(TopologyException.class)
                .hasMessageContainingAll(reasons)
                .hasMessageNotContaining(user.password().text())
                .satisfies(e -> assertThat(e.getStackTrace()).isEmpty());
        assertThat(state()).isEqualTo(before);
    }

    private static ServerState state() throws SQLException {
        return ServerState.of(replicaSet.nodes());
    }

    private static Credentials admin() {
        return primary.admin();
    }

    private static String[] servers(Node primary, Node... replicas) {
        List<String> addresses = new ArrayList<>();
        for (Node node : replicas) {
            addresses.add(node.address().toString());
        }
        return new String[] {"external.primary=" + primary.address(), "external.replicas=" + String.join(",", addresses)
        };
    }

    private static String[] with(String[] settings, String... more) {
        List<String> all = new ArrayList<>(List.of(settings));
        all.addAll(List.of(more));
        return all.toArray(String[]::new);
    }

    private static void await(BooleanSupplier condition) {
        Awaitility.await()
                .atMost(DEADLINE)
                .untilAsserted(() -> assertThat(condition.getAsBoolean())
                        .as("%s", Replication.status(replica))
                        .isTrue());
    }
}
