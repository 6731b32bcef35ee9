package distributedmysql.experiment.sharding.resharding;

import distributedmysql.mysql.Node;
import distributedmysql.shard.ShardMap;
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
