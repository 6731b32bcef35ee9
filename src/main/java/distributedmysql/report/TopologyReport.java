package distributedmysql.report;

import distributedmysql.history.ErrantGtids;
import distributedmysql.monitor.ServerVariables;
import distributedmysql.mysql.Node;
import distributedmysql.topology.Cluster;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The servers as they were at the start, and what was found on the replicas then and later.
 *
 * @param kind {@code embedded}, {@code docker} or {@code external}
 * @param errantTransactions of each server that was a replica
 */
public record TopologyReport(String kind, List<NodeReport> nodes, List<ErrantGtids> errantTransactions) {
    public TopologyReport {
        nodes = List.copyOf(nodes);
        errantTransactions = List.copyOf(errantTransactions);
    }

    /** The same servers, with what was found by now. */
    public TopologyReport with(List<ErrantGtids> found) {
        return new TopologyReport(kind, nodes, found);
    }

    /**
     * One server.
     *
     * @param role {@code primary} or {@code replica}
     * @param variables those that matter for the result, as the server says them
     */
    public record NodeReport(
            String name,
            String role,
            String host,
            int port,
            String version,
            String serverUuid,
            SortedMap<String, String> variables) {
        public NodeReport {
            variables = Collections.unmodifiableSortedMap(new TreeMap<>(variables));
        }
    }

    /**
     * Asks every server for its variables.
     *
     * @throws distributedmysql.mysql.TopologyException if one cannot be asked
     */
    public static TopologyReport read(Cluster cluster) {
        return new TopologyReport(
                cluster.kind(),
                cluster.nodes().stream().map(node -> read(cluster, node)).toList(),
                List.of());
    }

    private static NodeReport read(Cluster cluster, Node node) {
        return new NodeReport(
                node.name(),
                cluster.roleOf(node).label(),
                node.address().host(),
                node.address().port(),
                node.version().full(),
                node.serverUuid(),
                ServerVariables.read(node));
    }
}
