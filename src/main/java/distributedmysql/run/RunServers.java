package distributedmysql.run;

import distributedmysql.config.Settings;
import distributedmysql.config.TopologyKind;
import distributedmysql.connection.ConnectionFeeder;
import distributedmysql.connection.ConnectionPools;
import distributedmysql.mysql.TopologyException;
import distributedmysql.report.ErrorLogs;
import distributedmysql.topology.Cluster;
import distributedmysql.topology.Ending;
import distributedmysql.topology.ExitHook;
import distributedmysql.topology.Topology;
import distributedmysql.topology.docker.DockerTopology;
import distributedmysql.topology.embedded.EmbeddedTopology;
import distributedmysql.topology.external.ExternalTopology;
import distributedmysql.workload.DataLoader;
import distributedmysql.workload.KeptData;
import distributedmysql.workload.MarkedDatabase;
import distributedmysql.workload.RunLock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The servers of a run with the data on them and the pools to them.
 *
 * @param access what may be done there
 * @param removeData drops the framework's database, where the servers outlive the run
 * @param handOver to be run when {@link #close} will be called whenever the JVM ends; until then it removes the data itself
 * @param lock keeps other runs away, where the servers outlive the run and are written to
 */
public record RunServers(
        Cluster cluster,
        ConnectionPools pools,
        ConnectionFeeder connections,
        Permissions access,
        Runnable removeData,
        Runnable handOver,
        Optional<RunLock> lock)
        implements AutoCloseable {

    /** Exit code of a run that another one has taken the database from: that of a check that is not VALID. */
    private static final int LOST = 2;

    /** Servers whose data is somebody else's to remove. */
    public RunServers(Cluster cluster, ConnectionPools pools, ConnectionFeeder connections, Permissions access) {
        this(cluster, pools, connections, access, () -> {}, () -> {}, Optional.empty());
    }

    static RunServers start(String simulation, Settings settings, Consumer<String> progress) {
        Instant start = Instant.now();
        Cluster cluster = topology(settings, progress).start();
        if (settings.readOnly()) {
            return readOnly(cluster, settings, progress);
        }
        try {
            Ending.refuse("loading the data");
            MarkedDatabase database =
                    new MarkedDatabase(cluster, settings.data().database());
            return settings.topology() == TopologyKind.EXTERNAL
                    ? withLock(simulation, cluster, database, settings, progress)
                    : withData(cluster, database, settings, Optional.empty(), progress);
        } catch (RuntimeException e) {
            if (!Ending.hasBegun()) {
                try (ErrorLogs logs = ErrorLogs.open(cluster.nodes())) {
                    logs.copyInto(settings.reportDirectory(), start).forEach(progress);
                }
            }
            cluster.close();
            throw e;
        }
    }

    /** Before anything is written: what an earlier run has left may be what another one uses. */
    private static RunServers withLock(
            String simulation, Cluster cluster, MarkedDatabase database, Settings settings, Consumer<String> progress) {
        String run = RunLock.describe(simulation, settings.profile());
        RunLock lock = RunLock.take(cluster, database, run, progress, reason -> endBecause(reason, progress));
        try {
            return withData(cluster, database, settings, Optional.of(lock), progress);
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
    private static void sayServers(Cluster cluster, Consumer<String> progress) {
        progress.accept("servers: primary " + cluster.primary() + ", replicas " + cluster.replicas());
    }

    private static RunServers readOnly(Cluster cluster, Settings settings, Consumer<String> progress) {
        sayServers(cluster, progress);
        KeptData kept = KeptData.look(cluster, settings.data());
        String database = settings.data().database();
        List<String> named = settings.external().compareDatabases();
        List<String> compared = named.isEmpty() && kept.ours() ? List.of(database) : named;
        FilteredTables.warnings(cluster, compared).forEach(warning -> progress.accept("external: warning: " + warning));
        // Without data of ours the connections have no database: a simulation of the user's own names its tables in
        // full.
        String connected = kept.ours() ? database : "";
        ConnectionPools pools = new ConnectionPools(cluster, connected, settings.connection());
        Optional<String> noLoad = settings.external().sendLoad()
                ? kept.unreadable()
                : Optional.of("no load is sent, because external.send-load = false");
        Permissions access = Permissions.readOnly(noLoad, compared);
        return new RunServers(cluster, pools, new ConnectionFeeder(cluster, pools), access);
    }

    private static RunServers withData(
            Cluster cluster,
            MarkedDatabase database,
            Settings settings,
            Optional<RunLock> lock,
            Consumer<String> progress) {
        boolean remove = lock.isPresent() && !settings.external().keepData();
        Object preparing = new Object();
        Runnable removeData = () -> {
            // What is being made would be left if it were looked for too early. It ends soon, because it asks Ending.
            synchronized (preparing) {
                if (remove && lock.map(RunLock::isOurs).orElse(true)) {
                    remove(cluster, database, progress);
                }
            }
        };
        boolean made = false;
        ExitHook hook = new ExitHook("removal of the data", () -> {
            Ending.begin();
            removeData.run();
        });
        try {
            sayServers(cluster, progress);
            database.requireUnfiltered().forEach(progress);
            synchronized (preparing) {
                Ending.refuse("making the database " + database.name());
                database.prepare();
                made = true;
                lock.ifPresent(RunLock::claim);
                new DataLoader(cluster, settings.data(), progress).load();
            }
            Ending.refuse("the run");
            ConnectionPools pools = new ConnectionPools(cluster, settings.data().database(), settings.connection());
            Permissions access = Permissions.full(database.name());
            return new RunServers(
                    cluster, pools, new ConnectionFeeder(cluster, pools), access, removeData, hook::close, lock);
        } catch (RuntimeException e) {
            hook.close();
            if (made) {
                removeData.run();
            }
            throw e;
        }
    }

    private static Topology topology(Settings settings, Consumer<String> progress) {
        return switch (settings.topology()) {
            case EMBEDDED ->
                new EmbeddedTopology(settings.embedded(), settings.data().database(), progress);
            case DOCKER -> new DockerTopology(settings.docker(), settings.data().database(), progress);
            case EXTERNAL -> new ExternalTopology(settings, System.getenv(), progress);
        };
    }

    /** A server that is lost by now keeps its database; the run's result is not lost for that. */
    private static void remove(Cluster cluster, MarkedDatabase database, Consumer<String> progress) {
        try {
            database.remove();
            progress.accept("external: dropped the database " + database.name());
            cluster.nodes().stream()
                    .filter(node -> !node.equals(cluster.primary()))
                    .filter(node -> !cluster.replicas().contains(node))
                    .forEach(node -> progress.accept("external: warning: the database " + database.name()
                            + " is left on " + node + ", which does not replicate from " + cluster.primary()
                            + "; " + LeftDatabase.there(node, database)));
            cluster.replicas()
                    .forEach(node -> LeftDatabase.untilItFollows(cluster, node, database)
                            .ifPresent(line -> progress.accept("external: warning: " + line)));
        } catch (TopologyException e) {
            progress.accept("external: warning: " + LeftDatabase.everywhere(cluster, database, e.getMessage()));
        }
    }

    @Override
    public void close() {
        pools.close();
        removeData.run();
        lock.ifPresent(RunLock::close);
        cluster.close();
    }
}
