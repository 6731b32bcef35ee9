package distributedmysql.topology.docker;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.model.HostConfig;
import distributedmysql.config.HostPort;
import distributedmysql.topology.Await;
import distributedmysql.topology.Node;
import distributedmysql.topology.Ports;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** A real MySQL Router with fixed destinations on 127.0.0.1, from the image under test if that has the program. */
public final class RouterContainer implements AutoCloseable {
    private static final Duration DEADLINE = Duration.ofSeconds(60);
    private static final String NO_SUCH_PROGRAM = "no mysqlrouter";

    private final DockerClient docker = DockerEngine.client();
    private final Map<String, HostPort> addresses = new LinkedHashMap<>();
    private final StringBuilder configuration = new StringBuilder();
    private String container = "";

    /** An endpoint that sends each connection to the next of the servers. */
    public RouterContainer with(String endpoint, Node... servers) {
        HostPort address = new HostPort("127.0.0.1", Ports.free());
        addresses.put(endpoint, address);
        configuration.append("""
                [routing:%s]
                bind_address = %s
                bind_port = %d
                destinations = %s
                routing_strategy = round-robin
                protocol = classic
                client_ssl_mode = PASSTHROUGH
                server_ssl_mode = AS_CLIENT
                """.formatted(
                        endpoint,
                        address.host(),
                        address.port(),
                        Arrays.stream(servers)
                                .map(server -> server.address().toString())
                                .collect(Collectors.joining(","))));
        return this;
    }

    /** Returns when every endpoint takes connections; skips the test, and says why, where there is no such program. */
    public RouterContainer start() {
        container = docker.createContainerCmd(TestDocker.image())
                .withLabels(RunLabel.labels())
                .withEnv("CONFIGURATION=" + configuration)
                .withEntrypoint(
                        "sh",
                        "-c",
                        "command -v mysqlrouter || { echo " + NO_SUCH_PROGRAM + "; exit 1; };"
                                + " echo \"$CONFIGURATION\" >/tmp/router.conf && exec mysqlrouter -c /tmp/router.conf")
                // The servers listen on 127.0.0.1 only.
                .withHostConfig(HostConfig.newHostConfig().withNetworkMode("host"))
                .exec()
                .getId();
        docker.startContainerCmd(container).exec();
        addresses.values().forEach(this::await);
        return this;
    }

    private void await(HostPort address) {
        Await.of("mysqlrouter to take connections at " + address, DEADLINE)
                .every(Duration.ofMillis(100))
                .until(() -> isOpen(address) || failIfEnded(), () -> DockerEngine.log(docker, container));
    }

    private boolean failIfEnded() {
        if (Boolean.TRUE.equals(
                docker.inspectContainerCmd(container).exec().getState().getRunning())) {
            return false;
        }
        String log = DockerEngine.log(docker, container);
        assumeTrue(!log.endsWith(NO_SUCH_PROGRAM), () -> "there is no mysqlrouter in " + TestDocker.image());
        throw new AssertionError("mysqlrouter has ended:\n" + log);
    }

    private static boolean isOpen(HostPort address) {
        try {
            new Socket(address.host(), address.port()).close();
            return true;
        } catch (IOException e) {
            // Not yet: that is the answer.
            return false;
        }
    }

    public HostPort address(String endpoint) {
        return addresses.get(endpoint);
    }

    @Override
    public void close() {
        if (!container.isEmpty()) {
            RunLabel.remove(docker, container);
        }
    }
}
