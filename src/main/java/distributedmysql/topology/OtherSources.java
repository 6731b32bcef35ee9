package distributedmysql.topology;

import distributedmysql.mysql.GtidSets;
import distributedmysql.mysql.Node;
import distributedmysql.mysql.ReplicaStatus;
import distributedmysql.mysql.TopologyException;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/** What a replica with several sources has from those outside the replica set: nothing that it could have diverged by. */
public final class OtherSources {
    /** Every transaction that a server can ever number (MySQL manual, "GTID Format and Storage"). */
    private static final String ALL = ":1-9223372036854775806";

    private OtherSources() {}

    /**
     * A GTID set: all that these sources make themselves, and what the node has received from them, without what servers
     * of the replica set have made. Empty if the node has no other source.
     *
     * @param replicaSet its servers, whatever their roles
     * @throws TopologyException if the node does not answer
     */
    public static String gtids(Node node, Collection<Node> replicaSet) {
        String ours = replicaSet.stream().map(OtherSources::madeBy).collect(Collectors.joining(","));
        List<ReplicaStatus> others = Replication.channels(node).stream()
                .filter(channel -> !channel.sourceUuid().isEmpty())
                .filter(channel -> !ours.contains(channel.sourceUuid()))
                .toList();
        if (others.isEmpty()) {
            return "";
        }
        String theirs = others.stream()
                .map(channel -> channel.sourceUuid() + ALL + "," + channel.retrievedGtids())
                .collect(Collectors.joining(","));
        return GtidSets.subtract(node, theirs, ours);
    }

    /** Every transaction that this server numbers itself, as a GTID set. */
    public static String madeBy(Node node) {
        return node.serverUuid() + ALL;
    }
}
