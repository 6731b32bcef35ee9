package distributedmysql.experiment.sharding.resharding;

import distributedmysql.topology.Shards;
import java.util.BitSet;
import java.util.Optional;

/**
 * Where the rows of a round are in the end.
 *
 * @param wrong rows on a shard that they do not belong to
 * @param doubled rows on more than one shard
 * @param moved rows that were there before the round and are now on another shard
 * @param elsewhere those of them that are on a shard that was there before
 * @param kept how many of the rows that were there before are anywhere
 */
record Placement(Round round, BitSet wrong, BitSet doubled, BitSet moved, BitSet elsewhere, long kept) {
    static Placement of(Round round) {
        BitSet wrong = new BitSet();
        BitSet doubled = new BitSet();
        BitSet moved = new BitSet();
        BitSet elsewhere = new BitSet();
        BitSet seen = new BitSet();
        BitSet before = new BitSet();
        for (int shard = 0; shard < round.shards(); shard++) {
            BitSet ids = round.onPrimary(shard);
            for (int id = ids.nextSetBit(0); id >= 0; id = ids.nextSetBit(id + 1)) {
                doubled.set(id, doubled.get(id) || seen.get(id));
                seen.set(id);
                wrong.set(id, wrong.get(id) || round.owner(id) != shard);
                if (round.numbers().isBefore(id)) {
                    before.set(id);
                    boolean isElsewhere = round.formerOwner(id) != shard;
                    moved.set(id, moved.get(id) || isElsewhere);
                    elsewhere.set(
                            id,
                            elsewhere.get(id)
                                    || isElsewhere && shard < round.change().newShard());
                }
            }
        }
        return new Placement(round, wrong, doubled, moved, elsewhere, before.cardinality());
    }

    /** Of the rows that were there before. */
    double movedShare() {
        return kept == 0 ? 0 : (double) moved.cardinality() / kept;
    }

    /** The first row that is wrong, for instance {@code round 2: 7 is on shard1, and belongs to shard3}. */
    Optional<String> firstWrong() {
        BitSet bad = (BitSet) wrong.clone();
        bad.or(doubled);
        int id = bad.nextSetBit(0);
        if (id < 0) {
            return Optional.empty();
        }
        StringBuilder shards = new StringBuilder();
        for (int shard = 0; shard < round.shards(); shard++) {
            if (round.onPrimary(shard).get(id)) {
                shards.append(shards.isEmpty() ? "" : " and ").append(Shards.name(shard));
            }
        }
        return Optional.of("round " + round.number() + ": " + id + " is on " + shards + ", and belongs to "
                + Shards.name(round.owner(id)));
    }
}
