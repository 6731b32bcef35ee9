package distributedmysql.topology.docker;

import com.github.dockerjava.api.DockerClient;
import distributedmysql.config.DockerSettings;
import distributedmysql.config.Plural;
import distributedmysql.topology.Accounts;
import distributedmysql.topology.Cluster;
import distributedmysql.topology.Ending;
import distributedmysql.topology.Node;
import distributedmysql.topology.Replication;
import distributedmysql.topology.ServerVersion;
import distributedmysql.topology.Tls;
import distributedmysql.topology.Topology;
import distributedmysql.topology.TopologyException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A real primary and its replicas in containers of an official MySQL image, as durable as the embedded ones, started for
 * one run and gone after it: {@link Cluster#close()}, a normal exit and Ctrl-C remove containers, volumes and networks;
 * after {@code kill -9} of the JVM the next start does.
 */
public final class DockerTopology implements Topology {
    /** The first start initialises the data. */
    private static final Duration START_DEADLINE = Duration.ofMinutes(3);

    private static final Duration REPLICATION_DEADLINE = Duration.ofSeconds(60);

    private final DockerSettings settings;
    private final String database;
    private final Consumer<String> progress;

    /**
     * @param database the one database that the load may write to
     * @param progress takes lines for the console
     */
    public DockerTopology(DockerSettings settings, String database, Consumer<String> progress) {
        this.settings = settings;
        this.database = database;
        this.progress = line -> progress.accept("docker: " + line);
    }

    /** @throws TopologyException also if there is no Docker engine; the message names the other topologies */
    @Override
    public Cluster start() {
        DockerClient docker = DockerEngine.client();
        RunLabel.removeLeftOvers(docker, progress);
        Ending.refuse("fetching the image " + settings.image());
        DockerEngine.fetchIfMissing(docker, settings.image(), progress);
        Ending.refuse("starting containers");
        DockerRun run = new DockerRun(docker);
        boolean started = false;
        try {
            Cluster cluster = start(run);
            started = true;
            return cluster;
        } finally {
            if (!started) {
                run.close();
            }
        }
    }

    private Cluster start(DockerRun run) {
        Accounts accounts = Accounts.generate("%");
        int servers = 1 + settings.replicas();
        progress.accept("starting " + Plural.of(servers, "container") + " of " + settings.image());
        List<ServerContainer> containers = new ArrayList<>();
        for (int id = 1; id <= servers; id++) {
            containers.add(
                    run.start("node" + id, settings.image(), options(id), accounts, accounts.statements(database)));
        }
        List<Node> nodes = new ArrayList<>();
        for (ServerContainer container : containers) {
            container.awaitConnections(START_DEADLINE);
            nodes.add(prepared(node("node" + (nodes.size() + 1), container, accounts)));
        }
        Node primary = nodes.get(0);
        List<Node> replicas = nodes.subList(1, servers);
        for (Node replica : replicas) {
            Replication.setReadOnly(replica, true);
            Replication.follow(replica, primary, accounts.replication(), REPLICATION_DEADLINE);
        }
        progress.accept(Plural.of(servers, "server") + " ready (MySQL " + primary.version() + "): primary "
                + primary.address());
        return new Cluster("docker", primary, replicas, Optional.of(accounts.replication()), run::close);
    }

    private List<String> options(int serverId) {
        return List.of(
                "--server-id=" + serverId,
                "--skip-name-resolve",
                "--loose-mysqlx=OFF",
                "--log-bin=binlog",
                "--relay-log=relay",
                "--gtid-mode=ON",
                "--enforce-gtid-consistency=ON",
                "--relay-log-recovery=ON",
                "--sync-binlog=1",
                "--innodb-flush-log-at-trx-commit=1",
                "--performance-schema=ON",
                "--max-connections=" + settings.maxConnections(),
                "--innodb-buffer-pool-size=" + settings.bufferPoolBytes(),
                "--replica-parallel-workers=4",
                "--replica-preserve-commit-order=ON",
                "--replica-net-timeout=4");
    }

    /** Without what the image's entrypoint has written; read-only when it comes back, see {@code ServerControl#start}. */
    private static Node prepared(Node node) {
        Replication.forgetHistory(node);
        Replication.persistReadOnly(node);
        return node;
    }

    private static Node node(String name, ServerContainer container, Accounts accounts) {
        try (Connection connection = Node.connect(container.address(), accounts.admin());
                Statement statement = connection.createStatement()) {
            ServerVersion version = ServerVersion.parse(text(statement, "SELECT VERSION()"));
            version.unsupported().ifPresent(why -> {
                throw new TopologyException("docker.image: cannot be tested: " + why);
            });
            return new Node(
                    name,
                    container.address(),
                    version,
                    text(statement, "SELECT @@server_uuid"),
                    accounts.admin(),
                    accounts.load(),
                    Optional.of(container),
                    container.peerAddress(),
                    Tls.PREFERRED,
                    false);
        } catch (SQLException e) {
            throw TopologyException.of(container.toString(), e);
        }
    }

    private static String text(Statement statement, String query) throws SQLException {
        try (ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getString(1);
        }
    }
}
