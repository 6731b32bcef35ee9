package distributedmysql.load.data;

import distributedmysql.mysql.Node;
import distributedmysql.mysql.TopologyException;
import distributedmysql.topology.FilterRules;
import distributedmysql.topology.Filters;
import distributedmysql.topology.ReplicaSet;
import java.util.ArrayList;
import java.util.List;

/**
 * Whether what is written into a database on the primary gets to every replica, as far as filters say: those of the
 * primary's binary log, and those of each replica's channel from the primary. Where servers may be killed, any of them may
 * become the primary or rejoin, so the filters that count then are looked at too. Stateless; asks anew every time.
 */
public final class ReplicationPath {
    /** @param consequence what it does to the database */
    private record Place(Node node, FilterRules rules, String consequence) {}

    private ReplicationPath() {}

    /**
     * For the console: each server's filters, and that the database passes them.
     *
     * @throws TopologyException if it does not pass one: names server, filter and value, and says what to do
     */
    static List<String> require(ReplicaSet replicaSet, String database, List<String> tables) {
        List<String> lines = new ArrayList<>();
        boolean rolesMayChange =
                replicaSet.nodes().stream().anyMatch(node -> node.control().isPresent());
        for (Place place : places(replicaSet, rolesMayChange)) {
            place.rules.stops(database, tables).ifPresent(filter -> {
                throw new TopologyException(place.node + ": " + filter + ": the database " + database + " "
                        + place.consequence + "; nothing was written. Set data.database to a name that passes, or let "
                        + database + " pass, with all of its tables (MySQL manual: \"How Servers Evaluate Replication"
                        + " Filtering Rules\"; CHANGE REPLICATION FILTER on a replica, while its applier is stopped; a restart for a"
                        + " binary log)");
            });
            if (!place.rules.shown().isEmpty()) {
                lines.add("filters of " + place.node + ": " + String.join("; ", place.rules.shown()) + ": " + database
                        + " passes");
            }
        }
        return lines.isEmpty()
                ? List.of("no server filters what is replicated")
                : lines.stream().distinct().toList();
    }

    /** For the console: what keeps a database of somebody else's, or a table in it, from replicas. */
    public static List<String> warnings(ReplicaSet replicaSet, String database, List<String> tables) {
        List<String> warnings = new ArrayList<>();
        for (Place place : places(replicaSet, false)) {
            place.rules
                    .stops(database, tables)
                    .ifPresent(filter -> warnings.add(place.node + ": " + filter + ": "
                            + database + " " + place.consequence
                            + ", or not all of it: where a table differs that is filtered, the check says UNKNOWN"));
        }
        return warnings;
    }

    private static List<Place> places(ReplicaSet replicaSet, boolean rolesMayChange) {
        Node primary = replicaSet.primary();
        List<Place> places = new ArrayList<>();
        places.add(new Place(
                primary, Filters.ofBinaryLog(primary), "does not get into its binary log, so no replica gets it"));
        for (Node replica : replicaSet.replicas()) {
            places.add(new Place(
                    replica, Filters.ofChannel(replica, primary), "is not applied there as " + primary + " sends it"));
            if (rolesMayChange) {
                places.add(new Place(
                        replica,
                        Filters.ofBinaryLog(replica),
                        "would not get into its binary log if it became the primary"));
            }
        }
        if (rolesMayChange) {
            replicaSet
                    .nodes()
                    .forEach(node -> places.add(new Place(
                            node,
                            Filters.ofNewChannels(node),
                            "would not be applied there if it followed another primary")));
        }
        return places;
    }
}
