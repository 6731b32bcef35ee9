package distributedmysql.load;

import distributedmysql.config.ConnectionSettings;
import distributedmysql.mysql.Node;
import distributedmysql.topology.ReplicaSet;
import java.util.LinkedHashMap;
import java.util.Map;

/** One pool per node of a replica set. Thread-safe. */
public final class ConnectionPools implements AutoCloseable {
    private final Map<String, NodePool> pools = new LinkedHashMap<>();

    /**
     * @param database the database that every connection uses
     */
    public ConnectionPools(ReplicaSet replicaSet, String database, ConnectionSettings settings) {
        this(replicaSet, database, settings, null);
    }

    /** @param first what every connection sends when it is opened, such as a {@code SET SESSION}; null for nothing */
    public ConnectionPools(ReplicaSet replicaSet, String database, ConnectionSettings settings, String first) {
        for (Node node : replicaSet.nodes()) {
            pools.put(node.name(), new NodePool(node, database, settings, first));
        }
    }

    public NodePool of(Node node) {
        return pools.get(node.name());
    }

    /** Closes the connections that nobody uses, but for the few that each pool keeps ready. */
    public void closeIdle() {
        pools.values().forEach(NodePool::closeIdle);
    }

    @Override
    public void close() {
        pools.values().parallelStream().forEach(NodePool::close);
    }
}
