package distributedmysql.topology.embedded;

import distributedmysql.config.EmbeddedSettings;
import distributedmysql.config.LayoutSettings;
import distributedmysql.config.Plural;
import distributedmysql.mysql.Credentials;
import distributedmysql.mysql.Mysql;
import distributedmysql.mysql.Node;
import distributedmysql.mysql.ServerVersion;
import distributedmysql.mysql.TopologyException;
import distributedmysql.topology.Accounts;
import distributedmysql.topology.Deployment;
import distributedmysql.topology.Ending;
import distributedmysql.topology.GroupReplication;
import distributedmysql.topology.LoopbackFirewall;
import distributedmysql.topology.Ports;
import distributedmysql.topology.Shards;
import distributedmysql.topology.Topology;
import distributedmysql.topology.replicator.NewReplicaSet;
import distributedmysql.topology.router.HaProxy;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A real primary and its replicas on 127.0.0.1, started for one run and gone after it: durable (a commit is on disk
 * before it is acknowledged), with GTIDs, row-based binary logs, and replicas that refuse every write.
 *
 * <p>However the run ends, nothing is left: {@link Deployment#close()}, a normal exit and Ctrl-C end the servers and delete
 * their data; after {@code kill -9} of the JVM the next start does.
 */
public final class EmbeddedTopology implements Topology {
    private static final Duration START_DEADLINE = Duration.ofSeconds(90);
    private static final Duration REPLICATION_DEADLINE = Duration.ofSeconds(30);

    private final EmbeddedSettings settings;
    private final LayoutSettings layout;
    private final String database;
    private final List<String> extraOptions;
    private final Consumer<String> progress;

    /**
     * @param database the one database that the load may write to
     * @param progress takes lines for the console
     */
    public EmbeddedTopology(EmbeddedSettings settings, String database, Consumer<String> progress) {
        this(settings, database, List.of(), progress);
    }

    /**
     * @param extraOptions more options for every server, such as {@code --plugin-load-add=semisync_source.so}; they win
     *     over the topology's own
     */
    public EmbeddedTopology(
            EmbeddedSettings settings, String database, List<String> extraOptions, Consumer<String> progress) {
        this.settings = settings;
        this.layout = settings.layout();
        this.database = database;
        this.extraOptions = List.copyOf(extraOptions);
        this.progress = line -> progress.accept("embedded: " + line);
    }

    @Override
    public Deployment start() {
        try {
            CacheDirectory cache = CacheDirectory.open(settings.cacheDirectory(), progress);
            StaleRuns.end(cache, progress);
            LoopbackFirewall.removeLeftOvers(progress);
            Ending.refuse("looking for a server program");
            ServerBinary binary = ServerBinaries.find(settings, cache, progress);
            Optional<HaProxy.Program> router = settings.router().isUsed()
                    ? Optional.of(HaProxyProgram.find(settings.router(), cache, progress))
                    : Optional.empty();
            ServerOptions options = new ServerOptions(binary, settings, extraOptions, isRoot(cache));
            DataTemplate template = DataTemplate.of(options, cache, progress);
            template.requireSpaceFor(layout.allServers());
            Ending.refuse("starting servers");
            return start(
                    RunDirectory.create(cache),
                    new ClientPrograms(settings, cache, progress),
                    options,
                    template,
                    router);
        } catch (IOException e) {
            throw new TopologyException(
                    "embedded servers in " + settings.cacheDirectory() + ": " + FileTrees.reason(e));
        }
    }

    private Deployment start(
            RunDirectory run,
            ClientPrograms programs,
            ServerOptions options,
            DataTemplate template,
            Optional<HaProxy.Program> router)
            throws IOException {
        boolean started = false;
        try {
            Accounts accounts = Accounts.generate("127.%");
            Shards shards = NewReplicaSet.shards(
                    startServers(run, options, template, accounts),
                    layout,
                    accounts.replication(),
                    REPLICATION_DEADLINE,
                    progress);
            shards.sayReady(progress);
            Optional<HaProxy> inFront = router.isPresent()
                    ? Optional.of(LocalRouter.start(shards.all().get(0), router.get(), run))
                    : Optional.empty();
            Deployment deployment = Deployment.started("embedded", shards, inFront, run::close, progress)
                    .withSpares(new EmbeddedSpares(run, programs, options, template), () -> {});
            started = true;
            return deployment;
        } finally {
            if (!started) {
                run.close();
            }
        }
    }

    /** Own options of each server, those of the first shard first. */
    private List<List<String>> ownOptions() {
        return IntStream.range(0, layout.shards().count())
                .mapToObj(shard -> ownOptionsOfReplicaSet())
                .flatMap(List::stream)
                .toList();
    }

    private List<List<String>> ownOptionsOfReplicaSet() {
        if (!layout.isGroup()) {
            return Collections.nCopies(layout.servers(), List.of());
        }
        List<String> addresses = Stream.generate(Ports::free)
                .distinct()
                .limit(layout.servers())
                .map(port -> "127.0.0.1:" + port)
                .toList();
        String name = UUID.randomUUID().toString();
        return addresses.stream()
                .map(address -> GroupReplication.options(name, layout.groupMode(), address, addresses))
                .toList();
    }

    /** Those of the first shard first. */
    private List<Node> startServers(RunDirectory run, ServerOptions options, DataTemplate template, Accounts accounts) {
        int servers = layout.allServers();
        progress.accept("starting " + Plural.of(servers, "server") + " (MySQL "
                + options.binary().version() + ")");
        List<List<String>> own = ownOptions();
        AtomicInteger ready = new AtomicInteger();
        ExecutorService starters = Executors.newFixedThreadPool(servers);
        try {
            List<Future<Node>> starting = new ArrayList<>();
            for (int id = 1; id <= servers; id++) {
                int number = (id - 1) % layout.servers() + 1;
                String name = Shards.nodeName(layout.shards(), (id - 1) / layout.servers(), number);
                ServerProcess server =
                        new ServerProcess(name, id, run, options.with(own.get(id - 1)), accounts.admin(), Ports::free);
                List<String> statements = initStatements(accounts, layout.isGroup() || number > 1);
                starting.add(starters.submit(() -> {
                    server.startFirst(template, statements, START_DEADLINE);
                    // Together, because otherwise "1 of 2" may be said after "2 of 2".
                    synchronized (ready) {
                        progress.accept(ready.incrementAndGet() + " of " + Plural.of(servers, "server") + " started");
                    }
                    return node(server, accounts.admin(), accounts.load());
                }));
            }
            List<Node> nodes = new ArrayList<>();
            for (Future<Node> node : starting) {
                nodes.add(await(node));
            }
            return nodes;
        } finally {
            // After a failure too, nobody may still be copying when the directory is deleted.
            starters.shutdownNow();
            awaitEnd(starters);
        }
    }

    /**
     * For {@code --init-file}, which the server runs before it accepts the first connection: nobody ever meets a root
     * account without a password.
     */
    private List<String> initStatements(Accounts accounts, boolean readOnly) {
        List<String> statements = new ArrayList<>(accounts.statements(database));
        if (layout.isGroup()) {
            statements.add(accounts.grantCopy());
        }
        statements.add("DROP USER root@localhost;");
        statements.add("SET GLOBAL super_read_only = " + (readOnly ? "ON" : "OFF") + ";");
        return statements;
    }

    private static void awaitEnd(ExecutorService starters) {
        try {
            starters.awaitTermination(START_DEADLINE.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            // Only the waiting is given up; deleting the directory waits for writers too.
            Thread.currentThread().interrupt();
        }
    }

    private Node await(Future<Node> node) {
        try {
            return node.get(2 * START_DEADLINE.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof TopologyException told) {
                throw told;
            }
            throw new TopologyException("cannot start a server in embedded.cache-directory = "
                    + settings.cacheDirectory() + ": " + e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TopologyException("interrupted while starting servers");
        } catch (TimeoutException e) {
            throw new TopologyException("servers did not start within " + 2 * START_DEADLINE.toSeconds() + " s");
        }
    }

    static Node node(ServerProcess server, Credentials admin, Credentials load) throws SQLException {
        try (Mysql session = Mysql.open(server.address(), admin)) {
            return new Node(
                    server.name(),
                    server.address(),
                    ServerVersion.parse(session.text("SELECT VERSION()")),
                    session.text("SELECT @@server_uuid"),
                    admin,
                    load,
                    Optional.of(server));
        }
    }

    private static boolean isRoot(CacheDirectory cache) throws IOException {
        return cache.ownerOfNewFiles() == 0;
    }
}
