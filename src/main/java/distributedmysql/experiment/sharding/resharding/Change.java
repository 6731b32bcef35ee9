package distributedmysql.experiment.sharding.resharding;

import distributedmysql.mysql.Node;
import distributedmysql.shard.ShardMap;
import distributedmysql.shard.ShardStrategy;
import distributedmysql.topology.ReplicaSet;
import distributedmysql.topology.Shards;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Which map becomes which. Immutable.
 *
 * @param shards where the next map is made known
 * @param before that of {@code shards} now
 * @param after has one shard more, the last one
 */
record Change(Shards shards, ShardMap before, ShardMap after, ReshardedTable table) {
    /**
     * That of a round: the last of the replica sets is added to the others.
     *
     * @param round from 1 on
     * @param numbers of its rows
     */
    static Change of(
            List<ReplicaSet> all, ReshardedTable table, ReshardingSettings settings, int round, Numbers numbers) {
        long[] keys = numbers.before().asLongStream().toArray();
        ShardStrategy before = ShardStrategy.of(
                settings.strategy(round), all.size() - 1, settings.points(), settings.seed() + (long) round, keys);
        ShardMap map = new ShardMap(1, before);
        return new Change(new Shards(all, map), map, map.next(before.withOneMore(keys)), table);
    }

    /** Those that may lose keys, from 0 on. */
    List<Integer> sources() {
        return IntStream.range(0, before.shards()).boxed().toList();
    }

    int newShard() {
        return after.shards() - 1;
    }

    Node primary(int shard) {
        return shards.all().get(shard).primary();
    }

    /** Makes the next map known to clients, unless it is. */
    void publish() {
        if (shards.map().version() < after.version()) {
            shards.change(after);
        }
    }

    Fence fence() {
        return new Fence(table);
    }

    Capture capture() {
        return new Capture(table);
    }
}
