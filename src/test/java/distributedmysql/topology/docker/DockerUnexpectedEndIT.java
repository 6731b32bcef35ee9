package distributedmysql.topology.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.model.Container;
import distributedmysql.mysql.Node;
import distributedmysql.topology.Deployment;
import distributedmysql.topology.OwnServer;
import distributedmysql.topology.Replication;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class DockerUnexpectedEndIT {
    private static final String KILLED = "it has ended unexpectedly, with exit code 137 (SIGKILL)";

    private final List<String> told = new CopyOnWriteArrayList<>();

    @BeforeEach
    void assumeDocker() {
        TestDocker.assumeUsable();
    }

    @Test
    @DisplayName("A container that somebody else kills is named at once, and not waited for")
    void named() {
        try (Deployment deployment = TestDocker.start(1)) {
            Node replica = deployment.replicaSet().replicas().get(0);
            deployment.nodes().forEach(node -> node.control().orElseThrow().onUnexpectedEnd(told::add));
            replica.control().orElseThrow().kill();
            replica.control().orElseThrow().start(OwnServer.START_DEADLINE);
            assertThat(told).isEmpty();

            killFromOutside(replica);

            await().until(() -> !told.isEmpty());
            assertThatThrownBy(() -> Replication.awaitConvergence(deployment.replicaSet(), Duration.ofMinutes(5)))
                    .hasMessageEndingWith(KILLED);
        }
        assertThat(told).singleElement().asString().contains(KILLED + "; the end of its log:\n");
    }

    private static void killFromOutside(Node node) {
        DockerClient docker = DockerEngine.client();
        for (Container container : docker.listContainersCmd().exec()) {
            boolean its = List.of(container.getPorts()).stream()
                    .anyMatch(port -> Integer.valueOf(node.address().port()).equals(port.getPublicPort()));
            if (its) {
                docker.killContainerCmd(container.getId()).withSignal("KILL").exec();
            }
        }
    }
}
