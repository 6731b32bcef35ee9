package distributedmysql.gatling;

import distributedmysql.config.Settings;
import distributedmysql.config.TopologyKind;
import distributedmysql.connection.ConnectionFeeder;
import distributedmysql.connection.ConnectionPools;
import distributedmysql.topology.Cluster;
import distributedmysql.topology.ExternalTopology;
import distributedmysql.topology.Topology;
import distributedmysql.topology.embedded.EmbeddedTopology;
import distributedmysql.workload.DataLoader;
import java.util.function.Consumer;

/** The servers of a run with the data on them and the pools to them. */
record RunServers(Cluster cluster, ConnectionPools pools, ConnectionFeeder connections) implements AutoCloseable {

    static RunServers start(Settings settings, Consumer<String> progress) {
        Cluster cluster = topology(settings, progress).start();
        try {
            progress.accept("servers: primary " + cluster.primary() + ", replicas " + cluster.replicas());
            new DataLoader(cluster, settings.data(), progress).load();
            ConnectionPools pools = new ConnectionPools(cluster, settings.data().database(), settings.connection());
            return new RunServers(cluster, pools, new ConnectionFeeder(cluster, pools));
        } catch (RuntimeException e) {
            cluster.close();
            throw e;
        }
    }

    private static Topology topology(Settings settings, Consumer<String> progress) {
        if (settings.topology() == TopologyKind.EXTERNAL) {
            return new ExternalTopology(settings.external(), System.getenv());
        }
        return new EmbeddedTopology(settings.embedded(), settings.data().database(), progress);
    }

    @Override
    public void close() {
        pools.close();
        cluster.close();
    }
}
