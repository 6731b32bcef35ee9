package distributedmysql.fault;

import distributedmysql.topology.Node;
import distributedmysql.topology.Replication;
import distributedmysql.topology.TopologyException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;

/** What each replica that answers has, received or executed, once its receiver has been stopped. */
final class Candidates {
    private static final String RECEIVED =
            "SELECT RECEIVED_TRANSACTION_SET FROM performance_schema.replication_connection_status";

    private final Map<Node, String> sets = new LinkedHashMap<>();
    private final Map<String, String> unreachable = new LinkedHashMap<>();

    /** Stops the receivers first, all of them, so that the sets do not change any more. */
    static Candidates of(List<Node> replicas) {
        Candidates candidates = new Candidates();
        List<Node> stopped = new ArrayList<>();
        for (Node replica : replicas) {
            candidates.attempt(replica, () -> {
                Replication.stopReceiver(replica);
                stopped.add(replica);
            });
        }
        for (Node replica : stopped) {
            candidates.attempt(replica, () -> candidates.sets.put(replica, set(replica)));
        }
        return candidates;
    }

    /** By name: received and executed together. */
    Map<String, String> byName() {
        Map<String, String> byName = new LinkedHashMap<>();
        sets.forEach((node, set) -> byName.put(node.name(), set));
        return byName;
    }

    List<Node> nodes() {
        return List.copyOf(sets.keySet());
    }

    String set(String name) {
        return byName().get(name);
    }

    /** Nodes that did not answer, by name, and why. */
    Map<String, String> unreachable() {
        return unreachable;
    }

    /**
     * Transactions that a replica has and nobody else: not the former primary when it last answered, not any other
     * replica, and not made by the former primary, from which a replica may be the only one to have the last ones. By
     * name; without the nodes that have none.
     */
    Map<String, String> errant(Node former, String formerExecuted) {
        Map<String, String> errant = new LinkedHashMap<>();
        sets.forEach((node, set) -> {
            StringJoiner known = new StringJoiner(",");
            known.add(former.serverUuid() + ":1-9223372036854775806").add(formerExecuted);
            sets.forEach((other, theirs) -> {
                if (!other.equals(node)) {
                    known.add(theirs);
                }
            });
            String extra = Replication.subtract(node, set, joined(known.toString()));
            if (!extra.isEmpty()) {
                errant.put(node.name(), extra);
            }
        });
        return errant;
    }

    /**
     * The replica that lacks nothing that any other has, errant transactions apart; of equals one without errant
     * transactions, else the first. If each lacks something, the first that lacks least by number of other replicas.
     *
     * @throws TopologyException if no replica answers
     */
    Node mostAdvanced(Map<String, String> errant) {
        Node best = null;
        long bestRank = Long.MAX_VALUE;
        for (Node node : sets.keySet()) {
            long behind = sets.keySet().stream()
                    .filter(other -> !other.equals(node) && lacks(node, other, errant))
                    .count();
            long rank = 2 * behind + (errant.containsKey(node.name()) ? 1 : 0);
            if (rank < bestRank) {
                best = node;
                bestRank = rank;
            }
        }
        if (best == null) {
            throw new TopologyException("no replica can be promoted: " + unreachable);
        }
        return best;
    }

    private boolean lacks(Node node, Node other, Map<String, String> errant) {
        String wanted = Replication.subtract(node, sets.get(other), errant.getOrDefault(other.name(), ""));
        return !Replication.subtract(node, wanted, sets.get(node)).isEmpty();
    }

    private void attempt(Node replica, Runnable step) {
        try {
            step.run();
        } catch (TopologyException e) {
            unreachable.put(replica.name(), e.getMessage());
        }
    }

    private static String set(Node replica) {
        StringJoiner union = new StringJoiner(",");
        union.add(Replication.gtidExecuted(replica));
        ServerSql.texts(replica, RECEIVED).forEach(union::add);
        // Subtracting nothing gives the union in its normal form.
        return Replication.subtract(replica, joined(union.toString()), "");
    }

    /** Without line breaks, and without the gaps that empty sets leave, which the server refuses. */
    private static String joined(String sets) {
        StringJoiner joined = new StringJoiner(",");
        for (String set : sets.split(",")) {
            if (!set.isBlank()) {
                joined.add(set.strip());
            }
        }
        return joined.toString();
    }
}
