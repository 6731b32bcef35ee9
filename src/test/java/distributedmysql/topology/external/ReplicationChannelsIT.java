package distributedmysql.topology.external;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import distributedmysql.experiment.AllSettings;
import distributedmysql.load.data.MarkedDatabase;
import distributedmysql.monitor.LagStatistics;
import distributedmysql.monitor.ReplicaLag;
import distributedmysql.monitor.ReplicationLag;
import distributedmysql.mysql.Credentials;
import distributedmysql.mysql.Node;
import distributedmysql.mysql.ReplicaStatus;
import distributedmysql.mysql.TopologyException;
import distributedmysql.topology.MultiSource;
import distributedmysql.topology.ReplicaSet;
import distributedmysql.topology.Replication;
import distributedmysql.topology.TestSql;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Replicas with several sources: the channel from the primary is found and used, the others are named and left alone. */
class ReplicationChannelsIT {
    private static final Duration DEADLINE = Duration.ofSeconds(60);
    private static final String DATABASE = "channels_it";

    private static MultiSource servers;

    private final List<String> console = new ArrayList<>();

    @BeforeAll
    static void start() throws SQLException {
        servers = new MultiSource();
    }

    @AfterAll
    static void end() {
        servers.close();
    }

    @ParameterizedTest
    @CsvSource({"b_main, a_other", "a_main, b_other", "'', other", "main, ''"})
    void theChannelFromThePrimaryIsUsedWhateverTheNames(String fromPrimary, String fromOther) throws Exception {
        servers.follow(fromPrimary, fromOther);

        ReplicaSet replicaSet = topology().start().replicaSet();

        Node replica = replicaSet.replicas().get(0);
        ReplicaStatus used = Replication.statusFrom(replica, replicaSet.primary());
        assertThat(used.channel().name()).isEqualTo(fromPrimary);
        assertThat(String.join("\n", console))
                .contains("follows the primary as " + used.channel())
                .contains("neither measured nor touched: " + servers.other().address()
                        + (fromOther.isEmpty() ? "" : " (channel " + fromOther + ")") + " (server_uuid "
                        + servers.other().serverUuid() + ")");

        MarkedDatabase database = new MarkedDatabase(replicaSet, DATABASE);
        database.prepare();
        database.remove();
        Replication.awaitConvergence(replicaSet, DEADLINE);
        servers.awaitAll();
    }

    @Test
    void theLagIsThatOfTheChannelFromThePrimary() throws Exception {
        servers.follow("b_main", "a_other");
        TestSql.execute(servers.replica(), "STOP REPLICA SQL_THREAD FOR CHANNEL 'a_other'");
        try (ReplicationLag lag = ReplicationLag.readOnly(
                servers.asReplicaSet(), System.nanoTime(), Duration.ofMillis(50), Duration.ofMillis(50))) {
            lag.start();
            lag.loadBegins(Duration.ofDays(1));
            Awaitility.await().atMost(DEADLINE).untilAsserted(() -> {
                TestSql.execute(
                        servers.primary(), "CREATE DATABASE IF NOT EXISTS lag_it", "DROP DATABASE IF EXISTS lag_it");
                ReplicaLag figures = lag.result().replicas().get(0);
                assertThat(figures.secondsBehind().samples()).isGreaterThan(10);
                assertThat(figures.server().total().samples()).isPositive();
            });
            // A busy machine misses a few; of a channel that stands, as the other one does, all are missing.
            LagStatistics behind = lag.result().replicas().get(0).secondsBehind();
            assertThat(behind.missing()).isLessThan(behind.samples());
        }

        TestSql.execute(
                servers.replica(),
                "START REPLICA SQL_THREAD FOR CHANNEL 'a_other'",
                "STOP REPLICA SQL_THREAD FOR CHANNEL 'b_main'");
        try (ReplicationLag lag = ReplicationLag.readOnly(
                servers.asReplicaSet(), System.nanoTime(), Duration.ofMillis(50), Duration.ofMillis(50))) {
            lag.start();
            lag.loadBegins(Duration.ofDays(1));
            Awaitility.await().atMost(DEADLINE).untilAsserted(() -> {
                TestSql.execute(
                        servers.other(), "CREATE DATABASE IF NOT EXISTS lag_it", "DROP DATABASE IF EXISTS lag_it");
                ReplicaLag figures = lag.result().replicas().get(0);
                assertThat(figures.secondsBehind().missing()).isGreaterThan(10);
            });
            ReplicaLag figures = lag.result().replicas().get(0);
            assertThat(figures.secondsBehind().samples()).isZero();
            assertThat(figures.server().total().samples()).isZero();
        } finally {
            TestSql.execute(servers.replica(), "START REPLICA SQL_THREAD FOR CHANNEL 'b_main'");
        }
        servers.awaitAll();
    }

    @Test
    void aStoppedChannelFromThePrimaryIsRefusedThoughTheOtherRuns() throws Exception {
        servers.follow("b_main", "a_other");
        TestSql.execute(servers.replica(), "STOP REPLICA SQL_THREAD FOR CHANNEL 'b_main'");
        try {
            assertThatThrownBy(() -> topology().start())
                    .isInstanceOf(TopologyException.class)
                    .hasMessageContainingAll(
                            "its replication from " + servers.primary().address() + " (channel b_main) does not run",
                            "applier not running");
        } finally {
            TestSql.execute(servers.replica(), "START REPLICA SQL_THREAD FOR CHANNEL 'b_main'");
        }
        TestSql.execute(servers.replica(), "STOP REPLICA FOR CHANNEL 'a_other'");
        topology().start();
        assertThat(Replication.channels(servers.replica()))
                .as("what was stopped stays so")
                .anyMatch(channel -> channel.channel().name().equals("a_other") && !channel.running());
    }

    @Test
    void aReplicaOfOthersOnlyIsRefusedWithTheirNames() throws Exception {
        servers.followOnlyOther("a_other");
        assertThatThrownBy(() -> topology().start())
                .isInstanceOf(TopologyException.class)
                .hasMessageContainingAll(
                        "replicates from " + servers.other().address() + " (channel a_other) (server_uuid "
                                + servers.other().serverUuid() + "), not from",
                        "check external.primary and external.replicas");
    }

    private ExternalTopology topology() {
        Credentials admin = servers.primary().admin();
        Properties properties = new Properties();
        properties.setProperty("profile", "quick");
        properties.setProperty("topology", "external");
        properties.setProperty("external.user", admin.user());
        properties.setProperty("external.primary", servers.primary().address().toString());
        properties.setProperty("external.replicas", servers.replica().address().toString());
        properties.setProperty("data.database", DATABASE);
        return new ExternalTopology(
                AllSettings.load(properties),
                Map.of("MYSQL_PASSWORD", admin.password().text()),
                console::add);
    }
}
