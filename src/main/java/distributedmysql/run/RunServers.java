package distributedmysql.run;

import distributedmysql.config.LoadSettings.Engine;
import distributedmysql.config.Settings;
import distributedmysql.config.TopologyKind;
import distributedmysql.gatling.LoadEngine;
import distributedmysql.gatling.PluginEngine;
import distributedmysql.gatling.PluginProtocols;
import distributedmysql.gatling.RoutedEngine;
import distributedmysql.history.EventLog;
import distributedmysql.load.ConnectionFeeder;
import distributedmysql.load.ConnectionPools;
import distributedmysql.load.Endpoints;
import distributedmysql.load.data.DataLoader;
import distributedmysql.load.data.GameFeeder;
import distributedmysql.load.data.KeptData;
import distributedmysql.load.data.MarkedDatabase;
import distributedmysql.load.data.RunLock;
import distributedmysql.load.data.ShardedDatabase;
import distributedmysql.mysql.TopologyException;
import distributedmysql.report.ErrorLogs;
import distributedmysql.topology.Deployment;
import distributedmysql.topology.Ending;
import distributedmysql.topology.ExitHook;
import distributedmysql.topology.ReplicaSet;
import distributedmysql.topology.Topology;
import distributedmysql.topology.docker.DockerTopology;
import distributedmysql.topology.embedded.EmbeddedTopology;
import distributedmysql.topology.embedded.LocalSpares;
import distributedmysql.topology.external.ExternalTopology;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The servers of a run with the data on them and the pools to them.
 *
 * @param endpoints what the pools go through; empty if they go to the servers directly
 * @param access what may be done there
 * @param removeData drops the framework's database, where the servers outlive the run
 * @param handOver to be run when {@link #close} will be called whenever the JVM ends; until then it removes the data itself
 * @param lock keeps other runs away, where the servers outlive the run and are written to
 */
public record RunServers(
        Deployment deployment,
        ConnectionPools pools,
        Optional<Endpoints> endpoints,
        ConnectionFeeder connections,
        Permissions access,
        Runnable removeData,
        Runnable handOver,
        Optional<RunLock> lock)
        implements AutoCloseable {

    /** Exit code of a run that another one has taken the database from: that of a check that is not VALID. */
    private static final int LOST = 2;

    /** Servers whose data is somebody else's to remove. */
    public RunServers(
            Deployment deployment,
            ConnectionPools pools,
            Optional<Endpoints> endpoints,
            ConnectionFeeder connections,
            Permissions access) {
        this(deployment, pools, endpoints, connections, access, () -> {}, () -> {}, Optional.empty());
    }

    /**
     * Pools of an experiment's own, directly to the servers, which the caller closes. What the run's pools keep idle is closed, because
     * the servers' {@code max_connections} need not be enough for both.
     *
     * @param first what every connection sends when it is opened; null for nothing
     */
    public ConnectionPools ownPools(Settings settings, String first) {
        pools.closeIdle();
        return new ConnectionPools(deployment.shards(), settings.data().database(), settings.connection(), first);
    }

    /** The first shard's, for what is about one replica set; in most runs there is no other. */
    public ReplicaSet replicaSet() {
        return deployment.shards().all().get(0);
    }

    /** What sends the statements of our stages. */
    LoadEngine engine(Settings settings, GameFeeder data, PluginProtocols plugin) {
        return settings.load().engine() == Engine.ROUTED
                ? new RoutedEngine(
                        deployment.shards(),
                        pools,
                        connections,
                        data,
                        settings.connection().poolSize())
                : new PluginEngine(replicaSet(), plugin, data);
    }

    /**
     * @param tables that experiments may make
     * @param watch sees how long the servers take to be ready, and their memory from then on
     */
    static RunServers start(
            String simulation, Settings settings, List<String> tables, ServerWatch watch, Progress run) {
        Instant start = Instant.now();
        Consumer<String> progress = run::say;
        Deployment deployment = LocalSpares.beside(
                watch.start(topology(settings, progress, run.events()), run.events()), settings.embedded(), progress);
        if (settings.readOnly()) {
            return readOnly(deployment, endpoints(deployment, settings, run), settings, progress);
        }
        try {
            Ending.refuse("loading the data");
            ShardedDatabase database =
                    new ShardedDatabase(deployment.shards(), settings.data().database(), tables);
            return settings.topology() == TopologyKind.EXTERNAL
                    ? withLock(
                            simulation, deployment, endpoints(deployment, settings, run), database, settings, progress)
                    : withData(
                            deployment,
                            endpoints(deployment, settings, run),
                            database,
                            settings,
                            Optional.empty(),
                            progress);
        } catch (RuntimeException e) {
            if (!Ending.hasBegun()) {
                try (ErrorLogs logs = ErrorLogs.open(deployment)) {
                    logs.copyInto(settings.reportDirectory(), start).forEach(progress);
                }
            }
            deployment.close();
            throw e;
        }
    }

    /** Before anything is written: what an earlier run has left may be what another one uses. */
    private static RunServers withLock(
            String simulation,
            Deployment deployment,
            Optional<Endpoints> endpoints,
            ShardedDatabase database,
            Settings settings,
            Consumer<String> progress) {
        String run = RunLock.describe(simulation, settings.profile());
        RunLock lock = RunLock.take(database, run, progress, reason -> endBecause(reason, progress));
        try {
            return withData(deployment, endpoints, database, settings, Optional.of(lock), progress);
        } catch (RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    /** As Ctrl-C does: the data is another run's by now, and no statement of this one may harm it. */
    private static void endBecause(String reason, Consumer<String> progress) {
        progress.accept("external: error: " + reason + "; this run ends");
        System.exit(LOST);
    }

    /** The names that the reports use, and whose they are. */
    private static void sayServers(Deployment deployment, Consumer<String> progress) {
        deployment
                .shards()
                .all()
                .forEach(set -> progress.accept("servers: primary " + set.primary() + ", replicas " + set.replicas()));
    }

    private static Optional<Endpoints> endpoints(Deployment deployment, Settings settings, Progress run) {
        return Endpoints.of(deployment, settings.endpointLimit(), run.events().clock());
    }

    private static RunServers readOnly(
            Deployment deployment, Optional<Endpoints> endpoints, Settings settings, Consumer<String> progress) {
        sayServers(deployment, progress);
        KeptData kept = KeptData.look(deployment.shards(), settings.data());
        String database = settings.data().database();
        List<String> named = settings.external().compareDatabases();
        List<String> compared = named.isEmpty() && kept.ours() ? List.of(database) : named;
        deployment.shards().all().stream()
                .flatMap(set -> FilteredTables.warnings(set, compared).stream())
                .forEach(warning -> progress.accept("external: warning: " + warning));
        // Without data of ours the connections have no database: a simulation of the user's own names its tables in
        // full.
        String connected = kept.ours() ? database : "";
        Optional<String> noLoad = settings.external().sendLoad()
                ? kept.unreadable()
                : Optional.of("no load is sent, because external.send-load = false");
        Permissions access = Permissions.readOnly(noLoad, compared);
        // Without a load nothing goes through them, and nothing could be said of them.
        Optional<Endpoints> used = noLoad.isPresent() ? Optional.empty() : endpoints;
        ConnectionPools pools = new ConnectionPools(deployment.shards(), used, connected, settings.connection());
        return new RunServers(deployment, pools, used, new ConnectionFeeder(deployment.shards(), pools), access);
    }

    private static RunServers withData(
            Deployment deployment,
            Optional<Endpoints> endpoints,
            ShardedDatabase database,
            Settings settings,
            Optional<RunLock> lock,
            Consumer<String> progress) {
        boolean remove = lock.isPresent() && !settings.external().keepData();
        Object preparing = new Object();
        Runnable removeData = () -> {
            // What is being made would be left if it were looked for too early. It ends soon, because it asks Ending.
            synchronized (preparing) {
                if (remove && lock.map(RunLock::isOurs).orElse(true)) {
                    database.databases().forEach((set, itsOwn) -> remove(set, itsOwn, progress));
                }
            }
        };
        boolean made = false;
        ExitHook hook = new ExitHook("removal of the data", () -> {
            Ending.begin();
            removeData.run();
        });
        try {
            sayServers(deployment, progress);
            database.requireUnfiltered().forEach(progress);
            synchronized (preparing) {
                Ending.refuse("making the database " + database.name());
                database.prepare();
                made = true;
                lock.ifPresent(RunLock::claim);
                new DataLoader(deployment.shards(), settings.data(), progress).load();
            }
            Ending.refuse("the run");
            ConnectionPools pools = new ConnectionPools(
                    deployment.shards(), endpoints, settings.data().database(), settings.connection());
            Permissions access = Permissions.full(database.name());
            return new RunServers(
                    deployment,
                    pools,
                    endpoints,
                    new ConnectionFeeder(deployment.shards(), pools),
                    access,
                    removeData,
                    hook::close,
                    lock);
        } catch (RuntimeException e) {
            hook.close();
            if (made) {
                removeData.run();
            }
            throw e;
        }
    }

    private static Topology topology(Settings settings, Consumer<String> progress, EventLog events) {
        return switch (settings.topology()) {
            case EMBEDDED ->
                new EmbeddedTopology(settings.embedded(), settings.data().database(), progress);
            case DOCKER ->
                new DockerTopology(
                        settings.docker(),
                        settings.embedded().cacheDirectory(),
                        settings.data().database(),
                        progress);
            case EXTERNAL -> new ExternalTopology(settings, System.getenv(), progress, events);
        };
    }

    /** A server that is lost by now keeps its database; the run's result is not lost for that. */
    private static void remove(ReplicaSet replicaSet, MarkedDatabase database, Consumer<String> progress) {
        try {
            database.remove();
            progress.accept("external: dropped the database " + database.name());
            replicaSet
                    .outside()
                    .forEach(node -> progress.accept("external: warning: the database " + database.name()
                            + " is left on " + node + ", which does not replicate from " + replicaSet.primary()
                            + "; " + LeftDatabase.there(replicaSet, node, database)));
            replicaSet
                    .replicas()
                    .forEach(node -> LeftDatabase.untilItFollows(replicaSet, node, database)
                            .ifPresent(line -> progress.accept("external: warning: " + line)));
        } catch (TopologyException e) {
            progress.accept("external: warning: " + LeftDatabase.everywhere(replicaSet, database, e.getMessage()));
        }
    }

    @Override
    public void close() {
        pools.close();
        removeData.run();
        lock.ifPresent(RunLock::close);
        deployment.close();
    }
}
