package distributedmysql.run;

import distributedmysql.history.Event;
import distributedmysql.history.EventLog;
import distributedmysql.monitor.ServerMemory;
import distributedmysql.mysql.Node;
import distributedmysql.report.StartedServers;
import distributedmysql.topology.Deployment;
import distributedmysql.topology.Topology;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** How long the run's own servers took to be ready, the memory that they take since, and which have ended. Thread-safe. */
final class ServerWatch implements AutoCloseable {
    private static final int LONGEST_LOG_LINE = 160;

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
                                told -> events.add(Event.Kind.WARNING, node.name(), warning(told)))));
        if (deployment.nodes().stream().anyMatch(Node::isOurs)) {
            readyMillis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);
            memory = ServerMemory.watch(deployment.nodes());
        }
        return deployment;
    }

    /**
     * One line of the console: its error log is kept beside the JSON summary.
     *
     * @param told how it ended, and behind that lines of its error log, the last of which says most
     */
    static String warning(String told) {
        List<String> lines = told.lines().toList();
        String last = lines.get(lines.size() - 1).strip();
        String log = lines.size() == 1
                ? ""
                : " " + (last.length() > LONGEST_LOG_LINE ? last.substring(0, LONGEST_LOG_LINE) + "…" : last);
        return "warning: " + lines.get(0) + log;
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
