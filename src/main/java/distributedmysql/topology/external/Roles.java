package distributedmysql.topology.external;

import distributedmysql.config.ExternalSet;
import distributedmysql.mysql.Channels;
import distributedmysql.mysql.Mysql;
import distributedmysql.mysql.Node;
import distributedmysql.mysql.ReplicaStatus;
import distributedmysql.mysql.TopologyException;
import distributedmysql.topology.Replication;
import java.util.ArrayList;
import java.util.List;

/** Whether the servers are what the settings say: who is the primary, and who replicates from it. */
final class Roles {
    /**
     * Group replication's own channels have no source. A primary that was promoted may still have one that it fetches
     * nothing from.
     */
    private static final String ACTIVE_SOURCES = "SELECT CONCAT(HOST, ':', PORT)"
            + " FROM performance_schema.replication_connection_configuration"
            + " JOIN performance_schema.replication_connection_status USING (CHANNEL_NAME)"
            + " WHERE HOST NOT IN ('', '<NULL>') AND CHANNEL_NAME NOT LIKE 'group\\_replication\\_%'"
            + " AND SERVICE_STATE <> 'OFF'";

    private Roles() {}

    /**
     * @param nodes of the servers, in the same order, the primary first
     * @throws TopologyException if one is not what the settings say
     */
    static void require(ExternalSet set, List<FoundServer> servers, List<Node> nodes) {
        for (int i = 0; i < nodes.size(); i++) {
            requireGtids(servers.get(i), nodes.get(i));
        }
        Node primary = nodes.get(0);
        requirePrimary(set, servers.get(0), primary);
        for (Node replica : nodes.subList(1, nodes.size())) {
            requireFollows(set, replica, primary);
        }
    }

    private static void requireGtids(FoundServer server, Node node) {
        if (!server.isOn("gtid_mode")) {
            throw new TopologyException(node + ": gtid_mode = " + server.variable("gtid_mode")
                    + ": must be ON, for the checks follow single transactions by their GTID");
        }
        if (!server.isOn("log_bin")) {
            throw new TopologyException(node + ": log_bin = OFF: must be ON");
        }
    }

    private static void requirePrimary(ExternalSet set, FoundServer server, Node primary) {
        if (server.isOn("read_only") || server.isOn("super_read_only")) {
            throw new TopologyException(primary + ": is read-only" + following(primary)
                    + ", so it is no primary; check " + set.primaryKey());
        }
        String following = following(primary);
        if (!following.isEmpty()) {
            throw new TopologyException(primary + ": takes writes" + following
                    + "; writes there would be on one branch of the replication only; check " + set.primaryKey());
        }
    }

    private static String following(Node node) {
        String sources = sources(node);
        return sources.isEmpty() ? "" : " and replicates from " + sources + " itself";
    }

    private static void requireFollows(ExternalSet set, Node replica, Node primary) {
        ReplicaStatus status;
        try {
            status = Replication.statusFrom(replica, primary);
        } catch (TopologyException e) {
            throw new TopologyException(e.getMessage() + "; check " + set.keys());
        }
        if (!status.running()) {
            throw new TopologyException(
                    replica + ": its replication from " + status.channel() + " does not run: " + status);
        }
    }

    /**
     * For the console: of each replica with several sources, by which channel it follows the primary, and those that are
     * nothing to the run.
     */
    static List<String> otherSources(List<Node> nodes) {
        Node primary = nodes.get(0);
        List<String> lines = new ArrayList<>();
        for (Node replica : nodes.subList(1, nodes.size())) {
            List<ReplicaStatus> channels = Replication.channels(replica);
            ReplicaStatus ours = Replication.statusFrom(replica, primary);
            List<ReplicaStatus> others = channels.stream()
                    .filter(channel -> !channel.channel().equals(ours.channel()))
                    .toList();
            if (!others.isEmpty()) {
                lines.add("replica " + replica.address() + ": follows the primary as " + ours.channel()
                        + "; its other sources are neither measured nor touched: " + Channels.describe(others));
            }
        }
        return lines;
    }

    private static String sources(Node node) {
        List<String> sources =
                Mysql.ask(node, "read whom it replicates from", session -> session.texts(ACTIVE_SOURCES));
        return String.join(", ", sources);
    }
}
