package distributedmysql.topology.external;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import distributedmysql.load.ConnectionPools;
import distributedmysql.load.HeldConnection;
import distributedmysql.mysql.Credentials;
import distributedmysql.mysql.TopologyException;
import distributedmysql.topology.Deployment;
import distributedmysql.topology.OwnServers;
import distributedmysql.topology.ReplicaSet;
import distributedmysql.topology.Replication;
import distributedmysql.topology.TestServers;
import distributedmysql.topology.TestSql;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a user of servers that are there may do and is told to be allowed: privileges, reading only, TLS. */
@OwnServers(replicas = 2)
class ExternalAccessIT extends ExternalTopologyFixture {
    private static final String PRIVILEGES =
            "GRANT SELECT, INSERT, UPDATE, DELETE, CREATE, DROP ON `external\\_it`.* TO ";

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
    void whatAUserMeetsFirstIsSaidPlainly() throws Exception {
        Credentials wrong = new Credentials(admin().user(), "wrong-password-1d7");
        assertRefused(
                wrong, servers(primary, replica), "error 1045", "the password came from the environment variable");
        String[] unknown = {"external.primary=no-such-host.invalid:3306"};
        assertRefused(admin(), unknown, "no-such-host.invalid:3306", "there is no such host");
        String[] closed = {"external.primary=127.0.0.1:1"};
        assertRefused(admin(), closed, "127.0.0.1:1", "nobody listens there", "docker/docker-compose.yml");
    }
}
