package distributedmysql.experiment.sharding.resharding;

import java.math.BigInteger;
import java.util.stream.IntStream;

/**
 * The numbers of a round's rows: every other one is there before, and those between are written, in no order, so that a copy in the
 * order of the keys has passed some of them already and not yet others. Immutable.
 *
 * @param first of the round
 * @param rows that are there before, more than 200
 */
record Numbers(int first, int rows) {
    /** Steps of this share of a circle come nowhere near an earlier one for as long as can be. */
    private static final double GOLDEN = 0.618;

    /** Enough for each shard to have some that move. */
    private static final int KEPT = 200;

    /** Those that are there before, ascending. */
    IntStream before() {
        return IntStream.range(0, rows).map(i -> first + 2 * i);
    }

    boolean isBefore(long id) {
        return id >= first && id < afterGaps() && (id - first) % 2 == 0;
    }

    /**
     * Of a write.
     *
     * @param turn from 0 on
     */
    int written(int turn) {
        int gaps = rows - KEPT;
        return turn < gaps ? gap(turn) : afterGaps() + turn - gaps;
    }

    private int gap(int turn) {
        return first + 1 + 2 * (int) (turn * step() % rows);
    }

    /** So many steps of it, one after the other around all numbers, meet each of them once, and neighbours far apart. */
    private long step() {
        int step = (int) (rows * GOLDEN);
        while (BigInteger.valueOf(step).gcd(BigInteger.valueOf(rows)).intValue() > 1) {
            step++;
        }
        return step;
    }

    /** That no client writes, from everywhere. */
    IntStream kept() {
        return IntStream.range(rows - KEPT, rows).map(this::gap);
    }

    private int afterGaps() {
        return first + 2 * rows;
    }

    /**
     * Greater than every number of the round.
     *
     * @param turns of writes that were taken
     */
    int end(int turns) {
        return afterGaps() + Math.max(0, turns - (rows - KEPT));
    }
}
