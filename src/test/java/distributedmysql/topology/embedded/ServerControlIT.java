package distributedmysql.topology.embedded;

import static distributedmysql.topology.TestSql.execute;
import static distributedmysql.topology.TestSql.query;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import distributedmysql.mysql.GtidSets;
import distributedmysql.mysql.Node;
import distributedmysql.mysql.ServerControl;
import distributedmysql.mysql.TopologyException;
import distributedmysql.topology.OwnServers;
import distributedmysql.topology.ReplicaSet;
import distributedmysql.topology.Replication;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

@OwnServers
class ServerControlIT {
    private static final Duration DEADLINE = Duration.ofSeconds(60);
    private static ReplicaSet replicaSet;

    @BeforeAll
    static void start(ReplicaSet servers) throws SQLException {
        replicaSet = servers;
        execute(
                replicaSet.primary(),
                "CREATE DATABASE control_it",
                "CREATE TABLE control_it.t (id INT AUTO_INCREMENT PRIMARY KEY)");
    }

    @Test
    void aKilledReplicaCatchesUpWhenItIsStartedAgain() throws SQLException {
        Node replica = replicaSet.replicas().get(0);
        ServerControl control = replica.control().orElseThrow();
        long killed = control.pid().orElseThrow();

        control.kill();

        assertThat(control.isAlive()).isFalse();
        assertThat(ProcessHandle.of(killed)).isEmpty();
        assertThatThrownBy(replica::connect).isInstanceOf(SQLException.class);

        execute(replicaSet.primary(), "INSERT INTO control_it.t VALUES (DEFAULT)");
        control.start(DEADLINE);
        Replication.awaitRunning(replica, DEADLINE);
        Replication.awaitConvergence(replicaSet, DEADLINE);

        assertThat(query(replica, "SELECT @@server_uuid")).isEqualTo(replica.serverUuid());
        assertThatThrownBy(() -> execute(replica, "INSERT INTO control_it.t VALUES (DEFAULT)"))
                .isInstanceOf(SQLException.class);
    }

    @Test
    void aPrimaryThatIsStartedAgainRefusesWritesUntilItIsToldOtherwise() throws SQLException {
        Node primary = replicaSet.primary();
        String before = GtidSets.executed(primary);
        primary.control().orElseThrow().kill();
        primary.control().orElseThrow().start(DEADLINE);

        assertThatThrownBy(() -> execute(primary, "INSERT INTO control_it.t VALUES (DEFAULT)"))
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getErrorCode()).isEqualTo(1290));
        assertThat(GtidSets.subtract(primary, before, GtidSets.executed(primary)))
                .isEmpty();

        Replication.setReadOnly(primary, false);
        execute(primary, "INSERT INTO control_it.t VALUES (DEFAULT)");
        Replication.awaitConvergence(replicaSet, DEADLINE);
    }

    @Test
    void aPausedServerAnswersNothingUntilItIsResumed() throws Exception {
        Node primary = replicaSet.primary();
        ServerControl control = primary.control().orElseThrow();
        control.pause();
        CompletableFuture<String> answer;
        try {
            answer = CompletableFuture.supplyAsync(() -> GtidSets.executed(primary));
            assertThatThrownBy(() -> answer.get(500, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);
            assertThat(control.isAlive()).isTrue();
        } finally {
            control.resume();
        }
        // The connection attempt may have been given up in between: what counts is that the server answers again.
        assertThat(GtidSets.executed(primary)).isNotEmpty();
    }

    @Test
    void aRunningServerIsNotStartedTwiceAndADeadOneTakesNoSignal() {
        Node replica = replicaSet.replicas().get(0);
        ServerControl control = replica.control().orElseThrow();
        assertThatThrownBy(() -> control.start(DEADLINE))
                .isInstanceOf(TopologyException.class)
                .hasMessageContaining("runs already");
        control.kill();
        assertThatThrownBy(control::pause).isInstanceOf(TopologyException.class).hasMessageContaining("has ended");
        control.start(DEADLINE);
        Replication.awaitRunning(replica, DEADLINE);
    }
}
