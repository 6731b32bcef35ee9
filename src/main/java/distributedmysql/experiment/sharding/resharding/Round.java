package distributedmysql.experiment.sharding.resharding;

import distributedmysql.config.ShardSettings.Strategy;
import distributedmysql.shard.ShardMap;
import java.util.BitSet;
import java.util.List;

/**
 * What is known of a round, for the checks. Sets are not changed any more.
 *
 * @param number from 1 on
 * @param change which map was to become which
 * @param held the map that holds in the end
 * @param numbers of its rows
 * @param holdings what every server holds in the end
 * @param told what routers with the old map were told, once the new one was known
 */
record Round(
        int number,
        Strategy strategy,
        Change change,
        ShardMap held,
        Numbers numbers,
        Holdings holdings,
        List<Told> told) {
    /** What a server holds. */
    record Holding(String node, BitSet ids) {}

    /**
     * A write that was sent by the old map on purpose.
     *
     * @param answer of the server; empty if it acknowledged it
     */
    record Told(int id, String shard, boolean refused, String answer) {}

    /** By shard, the primary's first; empty if not every primary was read. */
    List<List<Holding>> present() {
        return holdings.present();
    }

    boolean isRead() {
        return !present().isEmpty();
    }

    BitSet onPrimary(int shard) {
        return present().get(shard).get(0).ids();
    }

    int shards() {
        return present().size();
    }

    /** Where it belongs, from 0 on. */
    int owner(int id) {
        return held.shardOf(id);
    }

    int formerOwner(int id) {
        return change.before().shardOf(id);
    }

    /** Whether the number belongs to another shard by the new map. */
    boolean moves(long id) {
        return change.before().shardOf(id) != change.after().shardOf(id);
    }

    /** All that some shard's primary holds. */
    BitSet everywhere() {
        BitSet all = new BitSet();
        for (int shard = 0; shard < shards(); shard++) {
            all.or(onPrimary(shard));
        }
        return all;
    }
}
