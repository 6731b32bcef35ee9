package distributedmysql.run;

import distributedmysql.monitor.ServerMemory;
import distributedmysql.mysql.Node;
import distributedmysql.report.StartedServers;
import distributedmysql.topology.Deployment;
import distributedmysql.topology.Topology;
import java.util.concurrent.TimeUnit;

/** How long the run's own servers took to be ready, and the memory that they take since. Thread-safe. */
final class ServerWatch implements AutoCloseable {
    private volatile long readyMillis;
    /** Null as long as there is none, and of servers that were there already. */
    private volatile ServerMemory memory;

    /** Starts the servers, which then are watched until {@link #close}. */
    Deployment start(Topology topology) {
        long began = System.nanoTime();
        Deployment deployment = topology.start();
        if (deployment.nodes().stream().anyMatch(Node::isOurs)) {
            readyMillis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);
            memory = ServerMemory.watch(deployment.nodes());
        }
        return deployment;
    }

    /** Null if the servers were there already. */
    StartedServers report() {
        ServerMemory now = memory;
        return now == null ? null : StartedServers.of(readyMillis, now.soFar());
    }

    @Override
    public void close() {
        ServerMemory now = memory;
        if (now != null) {
            now.close();
        }
    }
}
