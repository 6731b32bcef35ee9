package distributedmysql.topology.external;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import distributedmysql.config.HostPort;
import distributedmysql.experiment.AllSettings;
import distributedmysql.mysql.Credentials;
import distributedmysql.mysql.Node;
import distributedmysql.mysql.TopologyException;
import distributedmysql.topology.Await;
import distributedmysql.topology.Command;
import distributedmysql.topology.Command.Result;
import distributedmysql.topology.Ports;
import distributedmysql.topology.ReplicaSet;
import distributedmysql.topology.TestServers;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real MariaDB, where one is installed: Debian's packages mariadb-server-core and mariadb-client-core will do. */
class MariaDbIT {
    private static final Duration DEADLINE = Duration.ofSeconds(60);

    @TempDir
    static Path directory;

    private static final HostPort ADDRESS = new HostPort("127.0.0.1", Ports.free());

    private static Process server;
    private static ReplicaSet mysql;

    /** The same account on both, for one user is used for all servers. */
    private static Credentials admin;

    @BeforeAll
    static void start() throws Exception {
        String install = program("mariadb-install-db");
        String program = program("mariadbd");
        // mariadb-install-db calls it, and without it fails.
        program("my_print_defaults");
        mysql = TestServers.shared();
        admin = mysql.primary().admin();
        String data = "--datadir=" + directory.resolve("data");
        String user = "--user=" + System.getProperty("user.name");
        // --force: also where the machine's own name cannot be looked up.
        Result made = Command.run(
                List.of(install, "--no-defaults", "--force", data, user, "--skip-test-db"), Map.of(), DEADLINE);
        assertThat(made.exitCode()).as(made.output()).isZero();
        Path accounts = Files.writeString(
                directory.resolve("accounts.sql"),
                "GRANT ALL ON *.* TO '" + admin.user() + "'@'%' IDENTIFIED BY '"
                        + admin.password().text() + "';\n");
        Path log = directory.resolve("log");
        server = new ProcessBuilder(
                        program,
                        "--no-defaults",
                        data,
                        user,
                        "--init-file=" + accounts,
                        "--bind-address=" + ADDRESS.host(),
                        "--port=" + ADDRESS.port(),
                        "--socket=" + directory.resolve("socket"),
                        "--pid-file=" + directory.resolve("pid"))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        Await.of("MariaDB to take connections", DEADLINE).untilNo(() -> {
            String said = Files.readString(log);
            assertThat(server.isAlive()).as(said).isTrue();
            return answers() ? Optional.empty() : Optional.of(said);
        });
    }

    private static String program(String name) {
        Optional<Path> found = Stream.concat(
                        Stream.of(System.getenv("PATH").split(File.pathSeparator)), Stream.of("/usr/sbin"))
                .map(place -> Path.of(place, name))
                .filter(Files::isExecutable)
                .findFirst();
        assumeTrue(found.isPresent(), () -> name + " is not installed here");
        return found.orElseThrow().toString();
    }

    private static boolean answers() {
        try {
            Node.connect(ADDRESS, admin).close();
            return true;
        } catch (SQLException e) {
            // Not yet: that is the answer.
            return false;
        }
    }

    @AfterAll
    static void end() throws InterruptedException {
        if (server != null) {
            server.destroy();
            if (!server.waitFor(DEADLINE.toSeconds(), TimeUnit.SECONDS)) {
                server.destroyForcibly().waitFor();
            }
        }
    }

    @Test
    void asPrimaryItIsRefusedForItsGtids() throws Exception {
        assertRefused(ADDRESS, mysql.replicas().get(0).address());
    }

    @Test
    void asReplicaItIsRefusedForItsGtids() throws Exception {
        assertRefused(mysql.primary().address(), ADDRESS);
    }

    private static void assertRefused(HostPort primary, HostPort replica) throws SQLException, IOException {
        List<String> before = databases();
        assertThat(before).contains("mysql");
        Properties properties = new Properties();
        properties.setProperty("profile", "quick");
        properties.setProperty("topology", "external");
        properties.setProperty("external.primary", primary.toString());
        properties.setProperty("external.replicas", replica.toString());
        properties.setProperty("external.user", admin.user());
        ExternalTopology topology = new ExternalTopology(
                AllSettings.load(properties),
                Map.of("MYSQL_PASSWORD", admin.password().text()),
                System.out::println);

        assertThatThrownBy(topology::start)
                .isInstanceOf(TopologyException.class)
                .hasMessageContainingAll(ADDRESS + ": cannot be tested: it is MariaDB 1", "GTIDs", "no server_uuid")
                .satisfies(e -> assertThat(e.getStackTrace()).isEmpty());
        assertThat(databases()).isEqualTo(before);
    }

    private static List<String> databases() throws SQLException {
        List<String> names = new ArrayList<>();
        try (Connection connection = Node.connect(ADDRESS, admin);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SHOW DATABASES")) {
            while (rows.next()) {
                names.add(rows.getString(1));
            }
        }
        return names;
    }
}
