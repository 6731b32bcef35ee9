package distributedmysql.run;

import distributedmysql.history.Event;
import distributedmysql.history.EventLog;
import distributedmysql.monitor.ServerMemory;
import distributedmysql.mysql.Node;
import distributedmysql.report.StartedServers;
import distributedmysql.topology.Deployment;
import distributedmysql.topology.Topology;
import java.util.concurrent.TimeUnit;

/** How long the run's own servers took to be ready, the memory that they take since, and which have ended. Thread-safe. */
final class ServerWatch implements AutoCloseable {
    private volatile long readyMillis;
    /** Null as long as there is none, and of servers that were there already. */
    private volatile ServerMemory memory;

    /** Starts the servers, which then are watched until {@link #close}; the events have each that ends unexpectedly. */
    Deployment start(Topology topology, EventLog events) {
        long began = System.nanoTime();
        Deployment deployment = topology.start();
        deployment
                .nodes()
                .forEach(node -> node.control()
                        .ifPresent(control -> control.onUnexpectedEnd(
                                line -> events.add(Event.Kind.WARNING, node.name(), "warning: " + line))));
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
