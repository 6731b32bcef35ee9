package distributedmysql.load;

import distributedmysql.config.ConnectionSettings;
import distributedmysql.mysql.Node;
import distributedmysql.topology.ReplicaSet;
import distributedmysql.topology.Role;
import distributedmysql.topology.Shards;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** One pool per node, and one per endpoint in front of them. Thread-safe. */
public final class ConnectionPools implements AutoCloseable {
    private final Shards shards;
    private final String database;
    private final ConnectionSettings settings;
    /** Null for nothing. */
    private final String first;

    private final Map<String, NodePool> pools = new ConcurrentHashMap<>();
    private final Map<Role, NodePool> inFront = new EnumMap<>(Role.class);

    /**
     * Directly to the nodes of one replica set.
     *
     * @param database the database that every connection uses
     */
    public ConnectionPools(ReplicaSet replicaSet, String database, ConnectionSettings settings) {
        this(Shards.only(replicaSet), Optional.empty(), database, settings, null);
    }

    /** @param first what every connection sends when it is opened, such as a {@code SET SESSION}; null for nothing */
    public ConnectionPools(Shards shards, String database, ConnectionSettings settings, String first) {
        this(shards, Optional.empty(), database, settings, first);
    }

    /** @param endpoints what the load goes through; empty if it goes to the nodes directly */
    public ConnectionPools(Shards shards, Optional<Endpoints> endpoints, String database, ConnectionSettings settings) {
        this(shards, endpoints, database, settings, null);
    }

    private ConnectionPools(
            Shards shards, Optional<Endpoints> endpoints, String database, ConnectionSettings settings, String first) {
        this.shards = shards;
        this.database = database;
        this.settings = settings;
        this.first = first;
        for (Role role : Role.values()) {
            endpoints
                    .flatMap(all -> all.behind(role))
                    .ifPresent(behind -> inFront.put(role, new NodePool(behind, database, settings, first)));
        }
        if (inFront.isEmpty()) {
            shards.nodes().forEach(this::of);
        }
    }

    /** Directly to the node. Behind endpoints most need none, so it is made at the first call. */
    public NodePool of(Node node) {
        return pools.computeIfAbsent(
                node.name(), name -> new NodePool(new Behind.Server(node), shard(node), database, settings, first));
    }

    private int shard(Node node) {
        return shards.areSeveral() ? shards.shardOf(node) : NodePool.NO_SHARD;
    }

    /** What a user writes through: the endpoint's, or that of the primary at present. */
    public NodePool forWrites(ReplicaSet replicaSet) {
        NodePool writer = inFront.get(Role.PRIMARY);
        return writer == null ? of(replicaSet.primary()) : writer;
    }

    /**
     * What a user reads through: the endpoint's, or that of a replica at present; what it writes through, if there is no replica.
     *
     * @param turn which of the replicas; not negative
     */
    public NodePool forReads(ReplicaSet replicaSet, int turn) {
        NodePool reader = inFront.get(Role.REPLICA);
        if (reader != null) {
            return reader;
        }
        List<Node> replicas = replicaSet.replicas();
        return replicas.isEmpty() ? forWrites(replicaSet) : of(replicas.get(turn % replicas.size()));
    }

    /** Closes the connections that nobody uses, but for the few that each pool keeps ready. */
    public void closeIdle() {
        all().forEach(NodePool::closeIdle);
    }

    private List<NodePool> all() {
        List<NodePool> all = new ArrayList<>(inFront.values());
        all.addAll(pools.values());
        return all;
    }

    @Override
    public void close() {
        SideBySide.each(all(), "closing of a pool", NodePool::close);
    }
}
