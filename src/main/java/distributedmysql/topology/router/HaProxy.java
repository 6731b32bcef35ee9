package distributedmysql.topology.router;

import distributedmysql.config.HostPort;
import distributedmysql.mysql.DebugLog;
import distributedmysql.mysql.Mysql;
import distributedmysql.mysql.Node;
import distributedmysql.mysql.TopologyException;
import distributedmysql.topology.Await;
import distributedmysql.topology.Endpoint;
import distributedmysql.topology.Ports;
import distributedmysql.topology.ReplicaSet;
import distributedmysql.topology.Role;
import distributedmysql.topology.Router;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An HAProxy in front of a replica set: one process, its configuration and its log in a directory of the run, and the web server
 * that answers its checks. Sessions to a server that ceases to be right for an endpoint are cut. Thread-safe.
 */
public final class HaProxy implements Router {
    private static final Duration START_DEADLINE = Duration.ofSeconds(60);
    private static final Duration PAUSE = Duration.ofMillis(50);
    private static final int PORT_ATTEMPTS = 5;
    private static final String PORT_TAKEN = "cannot bind socket";

    /** Starts a process that ends with the run, however that ends. */
    @FunctionalInterface
    public interface Starter {
        Process start(ProcessBuilder builder) throws IOException;
    }

    /**
     * @param path of the program
     * @param environment what it needs beside the JVM's own environment, for instance a library path
     */
    public record Program(Path path, Map<String, String> environment) {}

    private final ReplicaSet replicaSet;
    private final Program program;
    private final Path configuration;
    private final Path log;
    private final RoleChecks checks;
    private final Runnable onClose;
    private Process process;
    private List<Endpoint> endpoints = List.of();

    private HaProxy(ReplicaSet replicaSet, Program program, Path directory, RoleChecks checks, Runnable onClose) {
        this.replicaSet = replicaSet;
        this.program = program;
        this.configuration = directory.resolve("haproxy.cfg");
        this.log = directory.resolve("haproxy.log");
        this.checks = checks;
        this.onClose = onClose;
    }

    /**
     * Returns when both endpoints lead to the right servers.
     *
     * @param directory for its files; made if it is not there
     * @throws TopologyException if it does not start; the message has what it said
     */
    public static HaProxy start(ReplicaSet replicaSet, Program program, Path directory, Starter starter)
            throws IOException {
        NodeRoles roles = NodeRoles.ask(replicaSet);
        return start(replicaSet, program, directory, starter, roles, roles::close);
    }

    /** The same with other checks than by the servers' own word. */
    static HaProxy start(ReplicaSet replicaSet, Program program, Path directory, Starter starter, RoleCheck check)
            throws IOException {
        return start(replicaSet, program, directory, starter, check, () -> {});
    }

    private static HaProxy start(
            ReplicaSet replicaSet, Program program, Path directory, Starter starter, RoleCheck check, Runnable onClose)
            throws IOException {
        HaProxy router = new HaProxy(
                replicaSet,
                program,
                Files.createDirectories(directory),
                new RoleChecks(replicaSet.nodes(), check),
                onClose);
        boolean started = false;
        try {
            router.spawn(starter);
            started = true;
            return router;
        } finally {
            if (!started) {
                router.close();
            }
        }
    }

    private void spawn(Starter starter) throws IOException {
        for (int attempt = 1; ; attempt++) {
            endpoints = List.of(endpoint("writer", Role.PRIMARY), endpoint("reader", Role.REPLICA));
            checks.of(endpoints);
            Files.writeString(
                    configuration, HaProxyConfiguration.text(endpoints, replicaSet.nodes(), checks.address()));
            // In the foreground, so that it is one process, and ours.
            ProcessBuilder builder = new ProcessBuilder(
                            program.path().toString(), "-db", "-f", configuration.toString())
                    .redirectErrorStream(true)
                    .redirectInput(Path.of("/dev/null").toFile())
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
            builder.environment().putAll(program.environment());
            process = starter.start(builder);
            DebugLog.TOPOLOGY.say(() -> "haproxy: started: " + String.join(" ", builder.command()));
            try {
                awaitChecks();
                endpoints.forEach(this::awaitRight);
                return;
            } catch (TopologyException e) {
                // Somebody took a port meanwhile.
                if (attempt == PORT_ATTEMPTS || !e.getMessage().contains(PORT_TAKEN)) {
                    throw e;
                }
            }
        }
    }

    private static Endpoint endpoint(String name, Role role) {
        return new Endpoint(name, role, new HostPort("127.0.0.1", Ports.free()));
    }

    /** Until then it takes every server for a good one: only after {@code FALL} failed checks it believes that one is not. */
    private void awaitChecks() {
        Await.of("haproxy: its checks of every server", START_DEADLINE)
                .every(PAUSE)
                .until(
                        () -> {
                            requireAlive();
                            return checks.haveAnswered(HaProxyConfiguration.FALL + 1);
                        },
                        () -> "its log:\n" + log());
    }

    private void awaitRight(Endpoint endpoint) {
        Await.of(endpoint + ": to lead to a server that is right for it", START_DEADLINE)
                .every(PAUSE)
                .untilNo(() -> whyNotRight(endpoint), () -> "its log:\n" + log());
    }

    private Optional<String> whyNotRight(Endpoint endpoint) {
        requireAlive();
        try (Mysql session = Mysql.open(endpoint.address(), replicaSet.primary().admin())) {
            String uuid = session.text("SELECT @@global.server_uuid");
            List<Node> right = endpoint.right(replicaSet.roles());
            return right.stream().anyMatch(node -> node.serverUuid().equals(uuid))
                    ? Optional.empty()
                    : Optional.of("leads to the server with server_uuid " + uuid + " instead of " + right);
        } catch (SQLException e) {
            return Optional.of(TopologyException.reason(e));
        }
    }

    private void requireAlive() {
        if (!process.isAlive()) {
            throw new TopologyException(
                    program.path() + " ended with exit code " + process.exitValue() + ":\n" + log());
        }
    }

    private String log() {
        try {
            return Files.readString(log).strip();
        } catch (IOException e) {
            return e.toString();
        }
    }

    /** The writer and the reader. */
    @Override
    public List<Endpoint> endpoints() {
        return endpoints;
    }

    /** It has servers that it takes out and in, and sessions that did not end by themselves. */
    @Override
    public Path logFile() {
        return log;
    }

    long pid() {
        return process.pid();
    }

    /** Ends the process and what answers it. Does nothing the second time. */
    @Override
    public void close() {
        if (process != null) {
            process.destroyForcibly();
        }
        checks.close();
        onClose.run();
    }
}
