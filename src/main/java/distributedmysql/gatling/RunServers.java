package distributedmysql.gatling;

import distributedmysql.config.Settings;
import distributedmysql.config.TopologyKind;
import distributedmysql.connection.ConnectionFeeder;
import distributedmysql.connection.ConnectionPools;
import distributedmysql.topology.Cluster;
import distributedmysql.topology.ExitHook;
import distributedmysql.topology.Topology;
import distributedmysql.topology.TopologyException;
import distributedmysql.topology.docker.DockerTopology;
import distributedmysql.topology.embedded.EmbeddedTopology;
import distributedmysql.topology.external.ExternalTopology;
import distributedmysql.workload.DataLoader;
import distributedmysql.workload.KeptData;
import distributedmysql.workload.OwnDatabase;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The servers of a run with the data on them and the pools to them.
 *
 * @param access what may be done there
 * @param removeData drops the framework's database, where the servers outlive the run
 * @param handOver to be run when {@link #close} will be called whenever the JVM ends; until then it removes the data itself
 */
record RunServers(
        Cluster cluster,
        ConnectionPools pools,
        ConnectionFeeder connections,
        Access access,
        Runnable removeData,
        Runnable handOver)
        implements AutoCloseable {

    /** Servers whose data is somebody else's to remove. */
    RunServers(Cluster cluster, ConnectionPools pools, ConnectionFeeder connections, Access access) {
        this(cluster, pools, connections, access, () -> {}, () -> {});
    }

    static RunServers start(Settings settings, Consumer<String> progress) {
        Cluster cluster = topology(settings, progress).start();
        return settings.readOnly() ? readOnly(cluster, settings, progress) : withData(cluster, settings, progress);
    }

    private static RunServers readOnly(Cluster cluster, Settings settings, Consumer<String> progress) {
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
        Access access = Access.readOnly(noLoad, compared);
        return new RunServers(cluster, pools, new ConnectionFeeder(cluster, pools), access);
    }

    private static RunServers withData(Cluster cluster, Settings settings, Consumer<String> progress) {
        OwnDatabase database = new OwnDatabase(cluster, settings.data().database());
        boolean remove = settings.topology() == TopologyKind.EXTERNAL
                && !settings.external().keepData();
        Runnable removeData = () -> {
            if (remove) {
                remove(cluster, database, progress);
            }
        };
        boolean made = false;
        ExitHook hook = new ExitHook("removal of the data", removeData);
        try {
            progress.accept("servers: primary " + cluster.primary() + ", replicas " + cluster.replicas());
            database.requireUnfiltered().forEach(progress);
            database.prepare();
            made = true;
            new DataLoader(cluster, settings.data(), progress).load();
            ConnectionPools pools = new ConnectionPools(cluster, settings.data().database(), settings.connection());
            Access access = Access.full(database.name());
            return new RunServers(
                    cluster, pools, new ConnectionFeeder(cluster, pools), access, removeData, hook::close);
        } catch (RuntimeException e) {
            hook.close();
            if (made) {
                removeData.run();
            }
            cluster.close();
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
    private static void remove(Cluster cluster, OwnDatabase database, Consumer<String> progress) {
        try {
            database.remove();
            progress.accept("external: dropped the database " + database.name());
            cluster.nodes().stream()
                    .filter(node -> !node.equals(cluster.primary()))
                    .filter(node -> !cluster.replicas().contains(node))
                    .forEach(node -> progress.accept("external: warning: the database " + database.name()
                            + " is left on " + node + ", which does not replicate from " + cluster.primary()));
        } catch (TopologyException e) {
            progress.accept("external: warning: the database " + database.name() + " is left: " + e.getMessage());
        }
    }

    @Override
    public void close() {
        pools.close();
        removeData.run();
        cluster.close();
    }
}
