package distributedmysql.topology.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import distributedmysql.mysql.Mysql;
import distributedmysql.mysql.Node;
import distributedmysql.mysql.ServerControl;
import distributedmysql.mysql.TopologyException;
import distributedmysql.topology.Await;
import distributedmysql.topology.OwnServer;
import distributedmysql.topology.OwnServers;
import distributedmysql.topology.ReplicaSet;
import distributedmysql.topology.Replication;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@OwnServers
@DisplayName("A server that somebody else ends is named at once, and nobody waits for it")
class UnexpectedEndIT {
    /** Of waits that must not last so long: what ends them says so. */
    private static final Duration LONG = Duration.ofMinutes(5);

    private static final String KILLED = "it has ended unexpectedly, with exit code 137 (SIGKILL)";

    private final List<String> told = new CopyOnWriteArrayList<>();
    private ReplicaSet servers;

    @BeforeEach
    void listen(ReplicaSet started) {
        servers = started;
        servers.nodes().forEach(node -> control(node).onUnexpectedEnd(told::add));
    }

    @AfterEach
    void startAgain() {
        for (Node node : servers.nodes()) {
            if (!control(node).isAlive()) {
                control(node).start(OwnServer.START_DEADLINE);
            }
            OwnServer.resumeRole(servers, node);
        }
    }

    @Test
    @DisplayName("with how it ended and what it wrote last, once")
    void told() {
        Node replica = servers.replicas().get(0);
        killFromOutside(replica);

        await().until(() -> !told.isEmpty());
        assertThat(told)
                .singleElement()
                .asString()
                .startsWith(replica + ": " + KILLED + "; the end of its error log:\n")
                .contains("[System]");
        assertThat(replica.unexpectedEnd()).contains(KILLED);
        assertThat(servers.primary().unexpectedEnd()).isEmpty();
    }

    @Test
    @DisplayName("and a replica is not waited for")
    void replica() {
        Node replica = servers.replicas().get(0);
        killFromOutside(replica);

        assertThatThrownBy(() -> Replication.awaitConvergence(servers, LONG))
                .isInstanceOf(TopologyException.class)
                .hasMessage(replica + ": " + KILLED);
        assertThatThrownBy(() -> Replication.awaitRunning(replica, LONG)).hasMessageEndingWith(KILLED);
    }

    @Test
    @DisplayName("nor a primary, nor a replica for what it would get from that")
    void primary() {
        Node primary = servers.primary();
        Node replica = servers.replicas().get(0);
        Replication.stopApplier(replica);
        Mysql.execute(primary, "CREATE DATABASE unexpected_end_it");
        Thread watcher = new Thread(() -> {
            await().until(() -> isAwaited(replica));
            killFromOutside(primary);
        });
        watcher.start();

        assertThatThrownBy(() -> Replication.awaitConvergence(servers, LONG)).hasMessage(primary + ": " + KILLED);
        assertThatThrownBy(() -> Await.success(primary + ": an answer", LONG, () -> Mysql.text(primary, "SELECT 1")))
                .hasMessage(primary + ": " + KILLED);
        assertThatThrownBy(() -> Replication.awaitRunning(replica, LONG, primary))
                .hasMessage(primary + ": " + KILLED);
        Replication.startApplier(replica);
    }

    @Test
    @DisplayName("which a server that the run itself kills is not")
    void ownKill() {
        Node replica = servers.replicas().get(0);
        control(replica).kill();
        assertThat(replica.unexpectedEnd()).isEmpty();
        control(replica).start(OwnServer.START_DEADLINE);

        killFromOutside(replica);
        await().until(() -> !told.isEmpty());
        control(replica).start(OwnServer.START_DEADLINE);
        assertThat(replica.unexpectedEnd()).isEmpty();
        assertThat(told).hasSize(1);
    }

    private static boolean isAwaited(Node replica) {
        return !Mysql.texts(
                        replica,
                        "SELECT ID FROM information_schema.PROCESSLIST WHERE INFO LIKE 'SELECT WAIT_FOR_EXECUTED_GTID_SET%'")
                .isEmpty();
    }

    private static void killFromOutside(Node node) {
        ProcessHandle process = ProcessHandle.of(node.pid().orElseThrow()).orElseThrow();
        process.destroyForcibly();
        await().until(() -> !control(node).isAlive());
    }

    private static ServerControl control(Node node) {
        return node.control().orElseThrow();
    }
}
