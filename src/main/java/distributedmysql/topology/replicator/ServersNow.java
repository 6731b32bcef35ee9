package distributedmysql.topology.replicator;

import distributedmysql.mysql.Node;
import distributedmysql.mysql.TopologyException;
import distributedmysql.topology.ReplicaSet;
import distributedmysql.topology.Replication;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.StringJoiner;

/**
 * What can be seen of servers when a failover has not come to its end: nobody knows then what the replica set's roles are worth.
 *
 * @param primary the only one that takes writes; empty if that is not known
 * @param unknown why the primary is not known; empty if it is
 * @param stopped those that do not answer
 * @param next what is to be done about it, in words
 */
public record ServersNow(Optional<Node> primary, String unknown, List<Node> stopped, String next) {
    private static final Duration TIMEOUT = Duration.ofSeconds(2);

    /** Asks each server once; takes at most some seconds for each. */
    public static ServersNow look(ReplicaSet replicaSet) {
        List<Node> writable = new ArrayList<>();
        List<Node> stopped = new ArrayList<>();
        StringJoiner states = new StringJoiner("; ");
        for (Node node : replicaSet.nodes()) {
            try (RoleProbe probe = new RoleProbe(node, TIMEOUT)) {
                boolean writes = probe.takesWrites();
                if (writes) {
                    writable.add(node);
                }
                states.add(node + (writes ? " takes writes" : " is read-only"));
            } catch (TopologyException e) {
                stopped.add(node);
                states.add(e.getMessage());
            }
        }
        // A server that cannot be asked may be the primary, but only as long as no other is.
        boolean known = writable.size() == 1;
        Optional<Node> primary = known ? Optional.of(writable.get(0)) : Optional.empty();
        return new ServersNow(
                primary, known ? "" : states.toString(), stopped, next(replicaSet, writable, stopped, primary));
    }

    /** Servers that the run has started are its own to repair or to end. */
    public static ServersNow own(ReplicaSet replicaSet) {
        return new ServersNow(
                Optional.of(replicaSet.primary()),
                "",
                List.of(),
                "nothing: the run has started these servers, and ends them");
    }

    private static String next(ReplicaSet replicaSet, List<Node> writable, List<Node> stopped, Optional<Node> primary) {
        List<String> next = new ArrayList<>();
        if (writable.size() > 1) {
            next.add("more than one server takes writes, " + names(writable)
                    + ": make all but one of them read-only, before clients write to both");
        }
        boolean group = replicaSet.isGroup();
        if (writable.isEmpty()) {
            next.add(
                    group
                            ? "no server that answers takes writes: look whether a majority of the group is alive"
                                    + " (performance_schema.replication_group_members), which elects a primary by itself"
                            : "no server that answers takes writes: promote one, when it is clear which has most");
        }
        if (!stopped.isEmpty()) {
            next.add("start " + names(stopped) + " again, as external.hooks.start does, and look "
                    + (group ? "whether each joins its group" : "whom each replicates from"));
        }
        primary.map(source -> idle(replicaSet, source, stopped))
                .filter(idle -> !idle.isEmpty())
                .ifPresent(idle -> next.add("let " + names(idle)
                        + (group ? " join the group of " : " replicate from ") + primary.get()
                        + ", which they do not do now; one that has more than it is to be built anew"));
        return next.isEmpty()
                ? "nothing: all servers answer, and all others replicate from " + primary.get()
                : String.join("; ", next);
    }

    /** Those that answer and do not replicate from the primary. */
    private static List<Node> idle(ReplicaSet replicaSet, Node primary, List<Node> stopped) {
        return replicaSet.nodes().stream()
                .filter(node -> !node.equals(primary) && !stopped.contains(node))
                .filter(node -> !replicates(node, primary))
                .toList();
    }

    private static boolean replicates(Node node, Node primary) {
        try {
            return Replication.statusFrom(node, primary).running();
        } catch (TopologyException e) {
            return false;
        }
    }

    private static String names(List<Node> nodes) {
        StringJoiner names = new StringJoiner(", ");
        nodes.forEach(node -> names.add(node.toString()));
        return names.toString();
    }
}
