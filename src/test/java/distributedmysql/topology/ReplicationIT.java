package distributedmysql.topology;

import static distributedmysql.topology.TestSql.execute;
import static distributedmysql.topology.TestSql.query;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import distributedmysql.mysql.Credentials;
import distributedmysql.mysql.GtidSets;
import distributedmysql.mysql.Node;
import distributedmysql.mysql.ReplicaStatus;
import distributedmysql.mysql.TopologyException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ReplicationIT {
    private static final Duration DEADLINE = Duration.ofSeconds(60);
    private ReplicaSet replicaSet;
    private Node primary;
    private Node first;
    private Node second;

    @BeforeEach
    void start(ReplicaSet servers) throws SQLException {
        replicaSet = servers;
        primary = replicaSet.primary();
        first = replicaSet.replicas().get(0);
        second = replicaSet.replicas().get(1);
        execute(primary, "CREATE DATABASE replication_it", "CREATE TABLE replication_it.t (id INT PRIMARY KEY)");
        Replication.awaitConvergence(replicaSet, DEADLINE);
    }

    @Test
    @OwnServers(replicas = 2)
    void theStatusTellsWhichThreadIsStoppedAndWhatIsMissing() throws SQLException {
        assertThat(Replication.status(first).running()).isTrue();
        assertThat(Replication.status(first).sourceUuid()).isEqualTo(primary.serverUuid());
        assertThat(Replication.status(first).secondsBehindSource()).isPresent();

        Replication.stopApplier(first);
        execute(primary, "INSERT INTO replication_it.t VALUES (1)");
        String written = GtidSets.executed(primary);

        ReplicaStatus stopped = Replication.status(first);
        assertThat(stopped.ioRunning()).isTrue();
        assertThat(stopped.sqlRunning()).isFalse();
        assertThat(stopped.secondsBehindSource()).isEmpty();
        assertThatThrownBy(() -> Replication.awaitGtid(first, written, Duration.ofMillis(300)))
                .isInstanceOf(TopologyException.class)
                .hasMessageContaining("300 ms")
                .hasMessageContaining("missing " + primary.serverUuid() + ":3")
                .hasMessageContaining("applier not running");
        assertThatThrownBy(() -> Replication.awaitRunning(first, Duration.ofMillis(300)))
                .isInstanceOf(TopologyException.class);

        Replication.startApplier(first);
        Replication.awaitGtid(first, written, DEADLINE);
        assertThat(query(first, "SELECT COUNT(*) FROM replication_it.t")).isEqualTo("1");

        Replication.stopReceiver(first);
        assertThat(Replication.status(first).ioRunning()).isFalse();
        assertThat(Replication.status(first).sqlRunning()).isTrue();
        Replication.startReceiver(first);
        Replication.awaitRunning(first, DEADLINE);
    }

    @Test
    @OwnServers(replicas = 2)
    void anApplierErrorIsInTheStatus() throws SQLException {
        execute(
                first,
                "SET GLOBAL super_read_only = OFF",
                "SET sql_log_bin = 0",
                "INSERT INTO replication_it.t VALUES (7)");
        execute(primary, "INSERT INTO replication_it.t VALUES (7)");

        assertThatThrownBy(() -> Replication.awaitConvergence(replicaSet, Duration.ofSeconds(3)))
                .isInstanceOf(TopologyException.class)
                .hasMessageContaining("last error");
        assertThat(Replication.status(first).sqlRunning()).isFalse();
        assertThat(Replication.status(first).lastError()).contains("1062");
    }

    @Test
    @OwnServers(replicas = 2)
    void aReplicaBecomesThePrimaryAndTheOthersFollowIt() throws SQLException {
        Credentials account = replicaSet.replicationAccount().orElseThrow();
        Replication.setReadOnly(primary, true);
        Replication.forgetSource(first);
        Replication.setReadOnly(first, false);
        Replication.follow(second, first, account, DEADLINE);
        Replication.follow(primary, first, account, DEADLINE);
        replicaSet.changeRoles(first, List.of(second, primary));

        execute(first, "INSERT INTO replication_it.t VALUES (1)");
        Replication.awaitConvergence(replicaSet, DEADLINE);

        assertThat(query(primary, "SELECT COUNT(*) FROM replication_it.t")).isEqualTo("1");
        assertThat(query(second, "SELECT COUNT(*) FROM replication_it.t")).isEqualTo("1");
        assertThatThrownBy(() -> execute(primary, "INSERT INTO replication_it.t VALUES (2)"))
                .isInstanceOf(SQLException.class);
        assertThatThrownBy(() -> Replication.status(first))
                .isInstanceOf(TopologyException.class)
                .hasMessageContaining("is not a replica");
    }
}
