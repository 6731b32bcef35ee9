package distributedmysql.experiment.sharding.resharding;

import distributedmysql.config.ShardSettings.Strategy;
import distributedmysql.mysql.NamedNode;
import distributedmysql.shard.Ranges;
import distributedmysql.shard.ShardMap;
import distributedmysql.topology.ReplicaSet;
import distributedmysql.topology.Shards;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;

/** A round as it must be, in which a test plants what must not be. */
final class PlayedRounds {
    private static final Numbers NUMBERS = new Numbers(1, 1_000);

    private final Change change;
    private final List<List<Round.Holding>> present = new ArrayList<>();
    private final List<Round.Told> told = new ArrayList<>();

    PlayedRounds() {
        ShardMap before = new ShardMap(1, Ranges.at(1_001));
        ShardMap after = before.next(
                before.strategy().withOneMore(NUMBERS.before().asLongStream().toArray()));
        List<ReplicaSet> sets = IntStream.range(0, 3)
                .mapToObj(shard -> new ReplicaSet(NamedNode.of(Shards.name(shard)), List.of()))
                .toList();
        this.change = new Change(new Shards(sets, before), before, after, new ReshardedTable("test"));
        for (int shard = 0; shard < 3; shard++) {
            BitSet ids = new BitSet();
            int here = shard;
            IntStream.concat(NUMBERS.before(), IntStream.range(0, 10).map(NUMBERS::written))
                    .filter(id -> after.shardOf(id) == here)
                    .forEach(ids::set);
            present.add(List.of(
                    new Round.Holding(Shards.name(shard) + "-node1", ids),
                    new Round.Holding(Shards.name(shard) + "-node2", (BitSet) ids.clone())));
        }
        told.add(new Round.Told(299, "shard2", true, "stale shard map"));
    }

    List<Round> all() {
        return List.of(round(new Holdings(present, List.of())));
    }

    List<Round> unread() {
        told.clear();
        return List.of(round(new Holdings(List.of(), List.of("shard2-node1: does not answer"))));
    }

    /** The last shard's replica does not answer. */
    List<Round> withoutReplica() {
        present.set(2, List.of(present.get(2).get(0)));
        return List.of(round(new Holdings(present, List.of("shard3-node2: does not answer"))));
    }

    private Round round(Holdings holdings) {
        return new Round(1, Strategy.RANGES, change, change.after(), NUMBERS, holdings, List.copyOf(told));
    }

    void move(int id, int from, int to) {
        present.get(from).forEach(holding -> holding.ids().clear(id));
        add(id, to);
    }

    void add(int id, int shard) {
        present.get(shard).forEach(holding -> holding.ids().set(id));
    }

    BitSet onReplica(int shard) {
        return present.get(shard).get(1).ids();
    }

    void told(Round.Told more) {
        told.add(more);
    }
}
