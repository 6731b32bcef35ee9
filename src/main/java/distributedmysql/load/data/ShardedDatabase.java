package distributedmysql.load.data;

import distributedmysql.mysql.Node;
import distributedmysql.topology.ReplicaSet;
import distributedmysql.topology.Shards;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The framework's database on all shards: the same name on each, a {@link MarkedDatabase}, which says what is guaranteed and thrown.
 * Thread-safe.
 */
public final class ShardedDatabase {
    private final String name;
    private final Map<ReplicaSet, MarkedDatabase> databases = new LinkedHashMap<>();

    /** @param name {@code data.database} */
    public ShardedDatabase(Shards shards, String name) {
        this(shards, name, List.of());
    }

    /** @param tables as in {@link MarkedDatabase} */
    public ShardedDatabase(Shards shards, String name, List<String> tables) {
        this.name = name;
        shards.all().forEach(set -> databases.put(set, new MarkedDatabase(set, name, tables)));
    }

    public String name() {
        return name;
    }

    /** All servers that have it, or are to have it. */
    List<Node> nodes() {
        return databases.keySet().stream().flatMap(set -> set.nodes().stream()).toList();
    }

    /** By its replica set, in the order of the shards. */
    public Map<ReplicaSet, MarkedDatabase> databases() {
        return databases;
    }

    /** As {@link MarkedDatabase#requireUnfiltered} on each shard. */
    public List<String> requireUnfiltered() {
        return databases.values().stream()
                .flatMap(database -> database.requireUnfiltered().stream())
                .distinct()
                .toList();
    }

    /** As {@link MarkedDatabase#prepare} on each shard; nothing is made on one where an earlier one fails. */
    public void prepare() {
        databases.values().forEach(MarkedDatabase::prepare);
    }

    /** As {@link MarkedDatabase#recreate} on each shard. */
    public void recreate(List<Table> tables) {
        databases.values().forEach(database -> database.recreate(tables));
    }

    void claim(String run) {
        databases.values().forEach(database -> database.claim(run));
    }

    /** What is noted in one of them that is not this run; empty if all are of this one. */
    Optional<String> claimedByAnother(String run) {
        return databases.values().stream()
                .map(MarkedDatabase::claimedBy)
                .filter(holder -> !holder.equals(run))
                .findFirst();
    }
}
