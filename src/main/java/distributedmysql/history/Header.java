package distributedmysql.history;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a history is about.
 *
 * @param startedAt the time of day at microsecond 0
 * @param primary the name of the node that was the primary at the start
 * @param replicas the names of the others
 * @param settings the settings that help a person to read the history, by key; no checker looks at them
 */
public record Header(
        Instant startedAt, String primary, List<String> replicas, Plan plan, Map<String, String> settings) {
    /** @throws IllegalArgumentException if two nodes have one name */
    public Header {
        replicas = List.copyOf(replicas);
        settings = Collections.unmodifiableMap(new TreeMap<>(settings));
        if (new HashSet<>(nodes(primary, replicas)).size() != replicas.size() + 1) {
            throw new IllegalArgumentException("node names are not unique: " + nodes(primary, replicas));
        }
    }

    /** The primary, then the replicas. */
    public List<String> nodes() {
        return nodes(primary, replicas);
    }

    private static List<String> nodes(String primary, List<String> replicas) {
        List<String> nodes = new ArrayList<>();
        nodes.add(primary);
        nodes.addAll(replicas);
        return nodes;
    }
}
