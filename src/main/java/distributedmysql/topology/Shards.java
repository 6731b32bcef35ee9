package distributedmysql.topology;

import distributedmysql.config.Plural;
import distributedmysql.config.ShardSettings;
import distributedmysql.mysql.DebugLog;
import distributedmysql.mysql.Node;
import distributedmysql.shard.Modulo;
import distributedmysql.shard.ShardMap;
import distributedmysql.shard.ShardStrategy;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Replica sets that keys are shared out over, and the map by which they are. Thread-safe: who asks sees either the map before
 * a change or the one after it.
 */
public final class Shards {
    /** Why what needs several is not run. */
    public static final String ONLY_ONE =
            "there is only one shard (embedded.shards, docker.shards or external.shards makes several)";

    private final List<ReplicaSet> all;
    private volatile ShardMap map;

    /**
     * @param all one for each shard of the map, in its order; more than that have no keys yet
     * @throws IllegalArgumentException if the map has more shards than there are replica sets
     */
    public Shards(List<ReplicaSet> all, ShardMap map) {
        this.all = List.copyOf(all);
        this.map = requireRoom(map);
    }

    /** Those of a run that has just started, or found, them. */
    public static Shards started(ShardSettings shards, List<ReplicaSet> all) {
        return new Shards(all, new ShardMap(1, ShardStrategy.of(shards)));
    }

    /** One replica set, which every key belongs to. */
    public static Shards only(ReplicaSet replicaSet) {
        return new Shards(List.of(replicaSet), new ShardMap(1, new Modulo(1)));
    }

    private ShardMap requireRoom(ShardMap next) {
        if (next.shards() > all.size()) {
            throw new IllegalArgumentException(
                    "a map of " + Plural.of(next.shards(), "shard") + " for " + Plural.of(all.size(), "replica set"));
        }
        return next;
    }

    /**
     * As in reports, where the first is 1.
     *
     * @param shard from 0 on, as {@link ShardMap#shardOf} counts
     */
    public static String name(int shard) {
        return "shard" + (shard + 1);
    }

    /**
     * What the servers of a run are called: {@code node2}, or {@code shard1-node2} where there are several shards.
     *
     * @param number of the server within its replica set, from 1 on; at first, 1 is the primary
     */
    public static String nodeName(ShardSettings shards, int shard, int number) {
        String node = "node" + number;
        return shards.count() == 1 ? node : name(shard) + "-" + node;
    }

    /** In the order of the map. */
    public List<ReplicaSet> all() {
        return all;
    }

    public boolean areSeveral() {
        return all.size() > 1;
    }

    /**
     * For reports, which name a shard only where there is another one.
     *
     * @param shard from 0 on
     * @return null if there is only one
     */
    public @Nullable String nameIfSeveral(int shard) {
        return areSeveral() ? name(shard) : null;
    }

    public ShardMap map() {
        return map;
    }

    /** Where the key belongs by the present map. */
    public ReplicaSet of(long key) {
        return all.get(map.shardOf(key));
    }

    /**
     * The same for one who keeps a map of its own.
     *
     * @param version of that map
     * @throws StaleShardMapException if it has been replaced
     */
    public ReplicaSet of(long key, int version) {
        ShardMap present = map;
        if (version != present.version()) {
            throw new StaleShardMapException(version, present.version());
        }
        return all.get(present.shardOf(key));
    }

    /** From 0 on. @throws IllegalArgumentException if the node is of none of them */
    public int shardOf(Node node) {
        for (int shard = 0; shard < all.size(); shard++) {
            if (all.get(shard).nodes().contains(node)) {
                return shard;
            }
        }
        throw new IllegalArgumentException(node + " is of no shard");
    }

    /** All nodes of all of them, whatever their role, always in the same order. */
    public List<Node> nodes() {
        return all.stream().flatMap(set -> set.nodes().stream()).toList();
    }

    /**
     * Says that something is about one replica set, where there are several.
     *
     * @param what with its verb, for instance {@code "connections: the steps go"}
     */
    public void sayFirstOnly(String what, Consumer<String> progress) {
        if (areSeveral()) {
            progress.accept(what + " to " + name(0) + " alone, because they are about one replica set");
        }
    }

    /** Which servers there are, for the console. */
    public void sayReady(Consumer<String> progress) {
        progress.accept(Plural.of(nodes().size(), "server") + " ready"
                + (areSeveral() ? ", in " + Plural.of(all.size(), "shard") : ": " + addresses(all.get(0))));
        if (areSeveral()) {
            for (int shard = 0; shard < all.size(); shard++) {
                progress.accept(name(shard) + ": " + addresses(all.get(shard)));
            }
        }
    }

    private static String addresses(ReplicaSet set) {
        List<Node> replicas = set.replicas();
        return "primary " + set.primary().address() + ", " + Plural.noun(replicas.size(), "replica") + " "
                + replicas.stream().map(node -> node.address().toString()).collect(Collectors.joining(", "));
    }

    /**
     * Makes the next map known to all who ask here. Changes nothing on the servers.
     *
     * @throws IllegalArgumentException if its version is not the next one, or it has more shards than there are replica sets
     */
    public synchronized void change(ShardMap next) {
        if (next.version() != map.version() + 1) {
            throw new IllegalArgumentException(
                    "version " + next.version() + " of a shard map cannot follow version " + map.version());
        }
        map = requireRoom(next);
        DebugLog.TOPOLOGY.say(() -> "shard map: version " + next.version() + ", shards: " + next.shards());
    }
}
