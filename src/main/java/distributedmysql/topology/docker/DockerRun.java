package distributedmysql.topology.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.model.ExposedPort;
import com.github.dockerjava.api.model.PortBinding;
import com.github.dockerjava.api.model.Ports.Binding;
import distributedmysql.config.HostPort;
import distributedmysql.topology.Accounts;
import distributedmysql.topology.ExitHook;
import distributedmysql.topology.Ports;
import distributedmysql.topology.TopologyException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.Network;
import org.testcontainers.containers.wait.strategy.AbstractWaitStrategy;
import org.testcontainers.images.builder.Transferable;
import org.testcontainers.utility.DockerImageName;

/**
 * The containers and networks of one run. All are gone after {@link #close()}, which a shutdown hook calls if nobody did.
 * Thread-safe.
 */
final class DockerRun implements AutoCloseable {
    private static final String INIT_FILE = "/docker-entrypoint-initdb.d/accounts.sql";
    private static final int READABLE_BY_ALL = 0644;

    private final DockerClient docker;
    private final Network clients;
    private final Network replication;
    private final List<GenericContainer<?>> containers = new ArrayList<>();
    private final ExitHook hook;
    private boolean ended;

    DockerRun(DockerClient docker) {
        this.docker = docker;
        // Ports are published through the clients' network only; the internal one has no gateway.
        this.clients = network(false);
        this.replication = network(true);
        this.hook = new ExitHook("end of the containers", this::end);
    }

    private static Network network(boolean internal) {
        return Network.builder()
                .createNetworkCmdModifier(
                        command -> command.withInternal(internal).withLabels(OwnLabel.labels()))
                .build();
    }

    /**
     * Starts a container whose server gets ready by and by.
     *
     * @param initStatements run by the server's first start, before it listens
     */
    ServerContainer start(
            String name, String image, List<String> options, Accounts accounts, List<String> initStatements) {
        int port = Ports.free();
        GenericContainer<?> container = new GenericContainer<>(DockerImageName.parse(image))
                .withNetwork(clients)
                .withLabels(OwnLabel.labels())
                // Nobody ever needs root: the accounts are made by the file.
                .withEnv("MYSQL_RANDOM_ROOT_PASSWORD", "yes")
                .withEnv("MYSQL_ROOT_HOST", "localhost")
                .withCopyToContainer(
                        Transferable.of(String.join("\n", initStatements) + "\n", READABLE_BY_ALL), INIT_FILE)
                .withCommand(options.toArray(String[]::new))
                .withCreateContainerCmdModifier(command -> {
                    ExposedPort mysql = ExposedPort.tcp(ServerContainer.MYSQL_PORT);
                    // A fixed port, which the container keeps when it is started again.
                    command.withExposedPorts(mysql)
                            .getHostConfig()
                            .withPortBindings(new PortBinding(Binding.bindIpAndPort("127.0.0.1", port), mysql));
                })
                .waitingFor(new NoWait());
        // Before the start: Ctrl-C may come in it.
        register(container);
        try {
            container.start();
        } catch (RuntimeException e) {
            throw new TopologyException("docker.image = " + image + ": cannot be started: " + DockerEngine.reason(e)
                    + "; the end of its log:\n" + log(container));
        }
        ServerContainer server = new ServerContainer(
                name,
                docker,
                container.getContainerId(),
                replication.getId(),
                new HostPort("127.0.0.1", port),
                accounts.admin(),
                container::getLogs);
        server.reconnect();
        return server;
    }

    private static String log(GenericContainer<?> container) {
        return container.getContainerId() == null ? "" : container.getLogs().strip();
    }

    private synchronized void register(GenericContainer<?> container) {
        if (ended) {
            throw new TopologyException("the servers are being ended; no other is started");
        }
        containers.add(container);
    }

    /** Removes containers, volumes and networks. Does nothing the second time. */
    @Override
    public void close() {
        end();
        hook.close();
    }

    private synchronized void end() {
        if (ended) {
            return;
        }
        ended = true;
        List<String> failures = new ArrayList<>();
        containers.parallelStream().map(GenericContainer::getContainerId).forEach(id -> {
            if (id != null) {
                attempt(failures, () -> OwnLabel.remove(docker, id));
            }
        });
        for (Network network : Set.of(clients, replication)) {
            attempt(failures, () -> OwnLabel.removeNetwork(docker, network.getId()));
        }
        if (!failures.isEmpty()) {
            throw new TopologyException("docker: not everything could be removed: " + String.join("; ", failures));
        }
    }

    private static void attempt(List<String> failures, Runnable removal) {
        try {
            removal.run();
        } catch (DockerException e) {
            synchronized (failures) {
                failures.add(DockerEngine.reason(e));
            }
        }
    }

    /** The topology itself waits, for all servers at once. */
    private static final class NoWait extends AbstractWaitStrategy {
        @Override
        protected void waitUntilReady() {
            // Running is enough.
        }
    }
}
