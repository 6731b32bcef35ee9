package distributedmysql.topology.replicator;

import distributedmysql.mysql.Node;
import distributedmysql.mysql.TopologyException;
import distributedmysql.topology.ReplicaSet;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.stream.Collectors;

/** Which servers take writes, where others decide that: over one connection to each. Thread-safe. */
final class ObservedRoles implements AutoCloseable {
    private final ReplicaSet replicaSet;
    private final Map<Node, RoleProbe> probes;

    /** @param timeout of connecting, and of each answer */
    ObservedRoles(ReplicaSet replicaSet, Duration timeout) {
        this.replicaSet = replicaSet;
        this.probes = replicaSet.nodes().stream()
                .collect(Collectors.toMap(node -> node, node -> new RoleProbe(node, timeout)));
    }

    /** @throws TopologyException if it does not answer, or its address leads to another server */
    boolean takesWrites(Node node) {
        return probes.get(node).takesWrites();
    }

    /** The replica that takes writes by now, if there is one. */
    Optional<Node> promoted() {
        for (Node replica : replicaSet.replicas()) {
            try {
                if (takesWrites(replica)) {
                    return Optional.of(replica);
                }
            } catch (TopologyException e) {
                // It may be restarted by whoever promotes it; if not, the deadline passes.
            }
        }
        return Optional.empty();
    }

    /** Makes it the replica set's primary, and the former one no member. */
    synchronized void adopt(Node promoted) {
        List<Node> others = replicaSet.replicas().stream()
                .filter(node -> !node.equals(promoted))
                .toList();
        replicaSet.changeRoles(promoted, others);
    }

    String states() {
        StringJoiner states = new StringJoiner("; ");
        for (Node node : replicaSet.nodes()) {
            try {
                String who = node.equals(replicaSet.primary()) ? "the former primary " : "";
                states.add(who + node + (takesWrites(node) ? " takes writes" : " is read-only"));
            } catch (TopologyException e) {
                states.add(e.getMessage());
            }
        }
        return states.toString();
    }

    @Override
    public void close() {
        probes.values().forEach(RoleProbe::close);
    }
}
