package distributedmysql.topology.docker;

import com.github.dockerjava.api.DockerClient;
import distributedmysql.config.DockerSettings;
import distributedmysql.config.LayoutSettings;
import distributedmysql.config.Plural;
import distributedmysql.mysql.CommonOptions;
import distributedmysql.mysql.Mysql;
import distributedmysql.mysql.Node;
import distributedmysql.mysql.ServerVersion;
import distributedmysql.mysql.Tls;
import distributedmysql.mysql.TopologyException;
import distributedmysql.topology.Accounts;
import distributedmysql.topology.Deployment;
import distributedmysql.topology.Ending;
import distributedmysql.topology.GroupReplication;
import distributedmysql.topology.Replication;
import distributedmysql.topology.Shards;
import distributedmysql.topology.Topology;
import distributedmysql.topology.embedded.LocalRouter;
import distributedmysql.topology.replicator.NewReplicaSet;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * A real primary and its replicas in containers of an official MySQL image, as durable as the embedded ones, started for
 * one run and gone after it: {@link Deployment#close()}, a normal exit and Ctrl-C remove containers, volumes and networks;
 * after {@code kill -9} of the JVM the next start does.
 */
public final class DockerTopology implements Topology {
    /** The first start initialises the data. */
    private static final Duration START_DEADLINE = Duration.ofMinutes(3);

    private static final Duration REPLICATION_DEADLINE = Duration.ofSeconds(60);
    /** The one that the manual's examples have. */
    private static final int GROUP_PORT = 33061;

    private final DockerSettings settings;
    private final LayoutSettings layout;
    private final Path cacheDirectory;
    private final String database;
    private final Consumer<String> progress;

    /**
     * @param cacheDirectory for a router, where one is asked for
     * @param database the one database that the load may write to
     * @param progress takes lines for the console
     */
    public DockerTopology(DockerSettings settings, Path cacheDirectory, String database, Consumer<String> progress) {
        this.settings = settings;
        this.layout = settings.layout();
        this.cacheDirectory = cacheDirectory;
        this.database = database;
        this.progress = line -> progress.accept("docker: " + line);
    }

    /** @throws TopologyException also if there is no Docker engine; the message names the other topologies */
    @Override
    public Deployment start() {
        DockerClient docker = DockerEngine.client();
        RunLabel.removeLeftOvers(docker, progress);
        Ending.refuse("fetching the image " + settings.image());
        DockerEngine.fetchIfMissing(docker, settings.image(), progress);
        Optional<LocalRouter.Found> router = settings.router().isUsed()
                ? Optional.of(LocalRouter.find(settings.router(), cacheDirectory, progress))
                : Optional.empty();
        Ending.refuse("starting containers");
        DockerRun run = new DockerRun(docker);
        boolean started = false;
        try {
            Shards shards = start(run);
            Deployment deployment = Deployment.started(
                    "docker",
                    shards,
                    router.map(found -> found.before(shards.all().get(0))),
                    run::close,
                    progress);
            started = true;
            return deployment;
        } finally {
            if (!started) {
                run.close();
            }
        }
    }

    private Shards start(DockerRun run) {
        Accounts accounts = Accounts.generate("%");
        int servers = layout.allServers();
        progress.accept("starting " + Plural.of(servers, "container") + " of " + settings.image());
        List<String> names = new ArrayList<>();
        List<ServerContainer> containers = new ArrayList<>();
        for (int shard = 0; shard < layout.shards().count(); shard++) {
            List<String> peers = names(shard);
            String group = UUID.randomUUID().toString();
            for (String name : peers) {
                names.add(name);
                List<String> options = options(names.size(), name, group, peers);
                containers.add(run.start(name, settings.image(), options, accounts, statements(accounts)));
            }
        }
        List<Node> nodes = new ArrayList<>();
        for (ServerContainer container : containers) {
            container.awaitConnections(START_DEADLINE);
            Node node = prepared(node(names.get(nodes.size()), container, accounts));
            if (nodes.size() % layout.servers() > 0) {
                Replication.setReadOnly(node, true);
            }
            nodes.add(node);
        }
        progress.accept("MySQL " + nodes.get(0).version());
        Shards shards = NewReplicaSet.shards(nodes, layout, accounts.replication(), REPLICATION_DEADLINE, progress);
        shards.sayReady(progress);
        return shards;
    }

    /** Of one shard's servers. */
    private List<String> names(int shard) {
        return IntStream.rangeClosed(1, layout.servers())
                .mapToObj(number -> Shards.nodeName(layout.shards(), shard, number))
                .toList();
    }

    private List<String> statements(Accounts accounts) {
        List<String> statements = new ArrayList<>(accounts.statements(database));
        if (layout.isGroup()) {
            statements.add(accounts.grantCopy());
        }
        return statements;
    }

    /**
     * @param group its name, if the server and its peers are one
     * @param peers the names of all servers of its replica set
     */
    private List<String> options(int serverId, String name, String group, List<String> peers) {
        List<String> options = new ArrayList<>(CommonOptions.commandLine());
        options.addAll(List.of(
                "--server-id=" + serverId,
                "--max-connections=" + settings.maxConnections(),
                "--innodb-buffer-pool-size=" + settings.bufferPoolBytes()));
        if (layout.isGroup()) {
            String host = ServerContainer.peerHost(name);
            List<String> seeds = peers.stream()
                    .map(peer -> groupAddress(ServerContainer.peerHost(peer)))
                    .toList();
            options.addAll(GroupReplication.options(group, layout.groupMode(), groupAddress(host), seeds));
            // Who joins fetches what it lacks from there: by the network that can be cut.
            options.add("--report-host=" + host);
        }
        return options;
    }

    private static String groupAddress(String host) {
        return host + ":" + GROUP_PORT;
    }

    /** Without what the image's entrypoint has written; read-only when it comes back, see {@code ServerControl#start}. */
    private static Node prepared(Node node) {
        Replication.forgetHistory(node);
        Replication.persistReadOnly(node);
        return node;
    }

    private static Node node(String name, ServerContainer container, Accounts accounts) {
        try (Mysql session = Mysql.open(container.address(), accounts.admin())) {
            ServerVersion version = ServerVersion.parse(session.text("SELECT VERSION()"));
            version.unsupported().ifPresent(why -> {
                throw new TopologyException("docker.image: cannot be tested: " + why);
            });
            return new Node(
                    name,
                    container.address(),
                    version,
                    session.text("SELECT @@server_uuid"),
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
}
