package distributedmysql.topology.external;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import distributedmysql.config.Settings;
import distributedmysql.experiment.AllSettings;
import distributedmysql.mysql.Credentials;
import distributedmysql.mysql.Node;
import distributedmysql.mysql.TopologyException;
import distributedmysql.topology.ReplicaSet;
import distributedmysql.topology.Replication;
import distributedmysql.topology.TestSql;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** A primary and two replicas, with a database of somebody else, that an {@link ExternalTopology} is to find. */
abstract class ExternalTopologyFixture {
    static final Duration DEADLINE = Duration.ofSeconds(60);

    static final String DATABASE = "external_it";

    static ReplicaSet replicaSet;

    static Node primary;

    static Node replica;

    static Node second;

    @TempDir
    Path directory;

    final List<String> console = new ArrayList<>();

    @BeforeAll
    static void start(ReplicaSet servers) throws SQLException {
        replicaSet = servers;
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

    ExternalTopology topology(Credentials user, String... settings) {
        return new ExternalTopology(
                settings(user, settings),
                Map.of("MYSQL_PASSWORD", user.password().text()),
                console::add);
    }

    static Settings settings(Credentials user, String... settings) {
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

    void assertRefused(Credentials user, String[] settings, String... reasons) throws SQLException {
        ServerState before = state();
        assertThatThrownBy(() -> topology(user, settings).start())
                .isInstanceOf(TopologyException.class)
                .hasMessageContainingAll(reasons)
                .hasMessageNotContaining(user.password().text())
                .satisfies(e -> assertThat(e.getStackTrace()).isEmpty());
        assertThat(state()).isEqualTo(before);
    }

    static ServerState state() throws SQLException {
        return ServerState.of(replicaSet.nodes());
    }

    static Credentials admin() {
        return primary.admin();
    }

    static String[] servers(Node primary, Node... replicas) {
        List<String> addresses = new ArrayList<>();
        for (Node node : replicas) {
            addresses.add(node.address().toString());
        }
        return new String[] {"external.primary=" + primary.address(), "external.replicas=" + String.join(",", addresses)
        };
    }

    static String[] with(String[] settings, String... more) {
        List<String> all = new ArrayList<>(List.of(settings));
        all.addAll(List.of(more));
        return all.toArray(String[]::new);
    }
}
