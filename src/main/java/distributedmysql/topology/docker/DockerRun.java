package distributedmysql.topology.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.CreateContainerCmd;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.model.ExposedPort;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.PortBinding;
import com.github.dockerjava.api.model.Ports.Binding;
import distributedmysql.config.HostPort;
import distributedmysql.mysql.DebugLog;
import distributedmysql.mysql.TopologyException;
import distributedmysql.topology.Accounts;
import distributedmysql.topology.ExitHook;
import distributedmysql.topology.Ports;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/**
 * The containers and networks of one run. All are gone after {@link #close()}, which a shutdown hook calls if nobody did.
 * Thread-safe.
 */
final class DockerRun implements AutoCloseable {
    private static final String INIT_DIRECTORY = "/docker-entrypoint-initdb.d";

    private final DockerClient docker;
    private final List<String> containers = new ArrayList<>();
    private final List<String> networks = new ArrayList<>();
    private final ExitHook hook;
    private final String clients;
    private final String replication;
    private volatile boolean ended;

    DockerRun(DockerClient docker) {
        this.docker = docker;
        // First: Ctrl-C may come at any time.
        this.hook = new ExitHook("end of the containers", this::end);
        boolean made = false;
        try {
            // Ports are published through the clients' network only; the internal one has no gateway.
            this.clients = network(false);
            this.replication = network(true);
            made = true;
        } finally {
            if (!made) {
                close();
            }
        }
    }

    private synchronized String network(boolean internal) {
        refuseIfEnded();
        try {
            String id = docker.createNetworkCmd()
                    .withName("mysql-distributed-test-framework-" + UUID.randomUUID())
                    .withInternal(internal)
                    .withLabels(RunLabel.labels())
                    .exec()
                    .getId();
            networks.add(id);
            return id;
        } catch (DockerException e) {
            throw new TopologyException("docker: a network cannot be made: " + DockerEngine.reason(e));
        }
    }

    /**
     * Starts a container whose server gets ready by and by.
     *
     * @param initStatements run by the server's first start, before it listens
     */
    ServerContainer start(
            String name, String image, List<String> options, Accounts accounts, List<String> initStatements) {
        int port = Ports.free();
        String id = "";
        try {
            id = create(image, options, port);
            docker.copyArchiveToContainerCmd(id)
                    .withRemotePath(INIT_DIRECTORY)
                    .withTarInputStream(tar("accounts.sql", String.join("\n", initStatements) + "\n"))
                    .exec();
            docker.startContainerCmd(id).exec();
        } catch (DockerException e) {
            throw new TopologyException("docker.image = " + image + ": cannot be started: " + DockerEngine.reason(e)
                    + (id.isEmpty() ? "" : "; the end of its log:\n" + DockerEngine.log(docker, id)));
        }
        ServerContainer server = new ServerContainer(
                name, docker, id, replication, new HostPort("127.0.0.1", port), accounts.admin(), () -> ended);
        DebugLog.TOPOLOGY.say(() -> server + ": started: a container of " + image + ": " + String.join(" ", options));
        server.reconnect();
        return server;
    }

    private synchronized String create(String image, List<String> options, int port) {
        refuseIfEnded();
        ExposedPort mysql = ExposedPort.tcp(ServerContainer.MYSQL_PORT);
        // A fixed port, which the container keeps when it is started again.
        PortBinding binding = new PortBinding(Binding.bindIpAndPort("127.0.0.1", port), mysql);
        try (CreateContainerCmd command = docker.createContainerCmd(image)) {
            String id = command.withLabels(RunLabel.labels())
                    // Nobody ever needs root: the accounts are made by the file.
                    .withEnv("MYSQL_RANDOM_ROOT_PASSWORD=yes", "MYSQL_ROOT_HOST=localhost")
                    .withCmd(options)
                    .withExposedPorts(mysql)
                    .withHostConfig(
                            HostConfig.newHostConfig().withNetworkMode(clients).withPortBindings(binding))
                    .exec()
                    .getId();
            containers.add(id);
            return id;
        }
    }

    /** One file that everybody may read: the server's first start does not run as root. */
    private static InputStream tar(String name, String text) {
        byte[] content = text.getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes)) {
            TarArchiveEntry entry = new TarArchiveEntry(name);
            entry.setSize(content.length);
            entry.setMode(0644);
            tar.putArchiveEntry(entry);
            tar.write(content);
            tar.closeArchiveEntry();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new ByteArrayInputStream(bytes.toByteArray());
    }

    private void refuseIfEnded() {
        if (ended) {
            throw new TopologyException("the servers are being ended; no other is started");
        }
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
        containers.parallelStream().forEach(id -> attempt(failures, () -> RunLabel.remove(docker, id)));
        networks.forEach(id -> attempt(failures, () -> RunLabel.removeNetwork(docker, id)));
        if (!failures.isEmpty()) {
            throw new TopologyException("docker: not everything could be removed: " + String.join("; ", failures));
        }
    }

    private static void attempt(List<String> failures, Runnable removal) {
        try {
            removal.run();
        } catch (TopologyException e) {
            synchronized (failures) {
                failures.add(e.getMessage());
            }
        }
    }
}
