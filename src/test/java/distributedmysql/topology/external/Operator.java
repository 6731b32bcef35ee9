package distributedmysql.topology.external;

import distributedmysql.config.HostPort;
import distributedmysql.mysql.Node;
import distributedmysql.mysql.TopologyException;
import distributedmysql.topology.GroupReplication;
import distributedmysql.topology.ReplicaSet;
import distributedmysql.topology.Replication;
import distributedmysql.topology.TestServers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Whoever operates servers that the framework under test has not started: has hook scripts, a service manager that
 * starts servers again, and the means to promote a replica. A script leaves a request, and waits until it is done.
 */
public final class Operator implements AutoCloseable {
    private static final Duration DEADLINE = Duration.ofSeconds(60);
    private static final String ASK = """
            #!/bin/sh
            # ask.sh what: has that done for $NODE_NAME.
            cd "$(dirname "$0")" || exit 1
            env >"$1.env"
            echo "$NODE_PORT ${PRIMARY_PORT:-$OLD_PRIMARY_PORT}" >"$1.tmp" && mv "$1.tmp" "$1.request"
            while [ -e "$1.request" ]; do sleep 0.05; done
            if [ -e "$1.failed" ]; then cat "$1.failed"; exit 3; fi
            """;

    private final ReplicaSet servers;
    private final Path directory;
    private final boolean rejoins;
    private final Thread thread = new Thread(this::serve, "operator");
    private volatile boolean closed;

    /** @param rejoins whether a server that is started again is made to follow the primary */
    public Operator(ReplicaSet servers, Path directory, boolean rejoins) throws IOException {
        this.servers = servers;
        this.directory = directory;
        this.rejoins = rejoins;
        Files.writeString(directory.resolve("ask.sh"), ASK);
        thread.setDaemon(true);
        thread.start();
    }

    /** Settings of a run that may harm the servers, apart from user and promotion. */
    public List<String> settings() {
        List<String> settings = new ArrayList<>(TestServers.external(servers));
        settings.addAll(List.of(
                "external.allow-faults=true",
                "external.hooks.kill=" + killCommand(),
                "external.hooks.start=sh " + directory.resolve("ask.sh") + " start"));
        return settings;
    }

    public String promoteSetting() {
        return "external.hooks.promote=sh " + directory.resolve("ask.sh") + " promote";
    }

    /** By process id. */
    private String killCommand() {
        StringBuilder command = new StringBuilder("case $NODE_PORT in ");
        for (Node node : servers.nodes()) {
            long pid = node.pid().orElseThrow();
            command.append(node.address().port())
                    .append(") kill -9 ")
                    .append(pid)
                    .append(";; ");
        }
        return command.append("esac").toString();
    }

    /** What the last command of this name found in its environment. */
    public String environment(String what) throws IOException {
        return Files.readString(directory.resolve(what + ".env"));
    }

    /** Watches as a failover manager does: when the primary is dead, the first replica is promoted. */
    public void manageFailover() {
        Thread manager = new Thread(
                () -> {
                    Node primary = servers.primary();
                    while (!closed && primary.control().orElseThrow().isAlive()) {
                        pause();
                    }
                    if (!closed) {
                        promote(servers.replicas().get(0), primary);
                    }
                },
                "failover manager");
        manager.setDaemon(true);
        manager.start();
    }

    private void serve() {
        while (!closed) {
            for (String what : List.of("start", "promote")) {
                Path request = directory.resolve(what + ".request");
                if (Files.exists(request)) {
                    answer(what, request);
                }
            }
            pause();
        }
    }

    private void answer(String what, Path request) {
        try {
            String[] ports = Files.readString(request).strip().split(" ");
            Node node = node(ports[0]).orElseThrow();
            Node other = node(ports[1]).orElseThrow();
            try {
                if (what.equals("start")) {
                    startAgain(node, other);
                } else {
                    promote(node, other);
                }
            } catch (TopologyException e) {
                Files.writeString(directory.resolve(what + ".failed"), e.getMessage());
            }
            Files.delete(request);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void startAgain(Node node, Node primary) {
        node.control().orElseThrow().start(DEADLINE);
        if (servers.isGroup()) {
            GroupReplication.join(node, servers.replicationAccount().orElseThrow(), DEADLINE);
        } else if (node.equals(primary)) {
            Replication.setReadOnly(node, false);
        } else if (rejoins) {
            follow(node, primary);
        }
    }

    private void promote(Node replica, Node former) {
        Replication.stopReceiver(replica);
        Replication.awaitGtid(replica, Replication.status(replica).retrievedGtids(), DEADLINE);
        Replication.forgetSource(replica);
        Replication.setReadOnly(replica, false);
        for (Node other : servers.nodes()) {
            if (!other.equals(replica) && !other.equals(former)) {
                follow(other, replica);
            }
        }
        List<Node> others = new ArrayList<>(servers.nodes());
        others.removeAll(List.of(replica, former));
        servers.changeRoles(replica, others);
    }

    private void follow(Node node, Node source) {
        Replication.follow(node, source, servers.replicationAccount().orElseThrow(), DEADLINE);
    }

    private Optional<Node> node(String port) {
        return Stream.of(port)
                .map(text -> new HostPort("127.0.0.1", Integer.parseInt(text)))
                .flatMap(address ->
                        servers.nodes().stream().filter(node -> node.address().equals(address)))
                .findFirst();
    }

    private static void pause() {
        try {
            Thread.sleep(20);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        closed = true;
    }
}
