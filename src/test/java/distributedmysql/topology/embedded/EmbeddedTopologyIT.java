package distributedmysql.topology.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import distributedmysql.topology.Cluster;
import distributedmysql.topology.Node;
import distributedmysql.topology.Replication;
import distributedmysql.topology.TestCluster;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class EmbeddedTopologyIT {
    private static final Duration DEADLINE = Duration.ofSeconds(60);

    @Test
    void aPrimaryAndTwoReplicasReplicate() throws SQLException {
        try (Cluster cluster = TestCluster.start(2)) {
            execute(cluster.primary(), "CREATE DATABASE topology_it");
            execute(cluster.primary(), "CREATE TABLE topology_it.t (id INT PRIMARY KEY)");
            execute(cluster.primary(), "INSERT INTO topology_it.t VALUES (1), (2)");

            Replication.awaitConvergence(cluster, DEADLINE);

            assertThat(cluster.replicas()).hasSize(2);
            for (Node replica : cluster.replicas()) {
                assertThat(query(replica, "SELECT COUNT(*) FROM topology_it.t")).isEqualTo("2");
                assertThat(Replication.gtidExecuted(replica)).isEqualTo(Replication.gtidExecuted(cluster.primary()));
            }
        }
    }

    private static void execute(Node node, String sql) throws SQLException {
        try (Connection connection = node.connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String query(Node node, String sql) throws SQLException {
        try (Connection connection = node.connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }
}
