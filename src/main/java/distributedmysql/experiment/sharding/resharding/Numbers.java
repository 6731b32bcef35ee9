package distributedmysql.experiment.sharding.resharding;

import java.util.stream.IntStream;

/**
 * The numbers of a round's rows: every other one is there before, and those between are written, in no order, so that a copy in the
 * order of the keys has passed some of them already and not yet others. Immutable.
 *
 * @param first of the round
 * @param rows that are there before
 */
record Numbers(int first, int rows) {
    /** A prime that no number of rows is a multiple of: {@code rows} steps of it meet each number once. */
    private static final long STEP = 1_000_000_007;

    /** Those that are there before, ascending. */
    IntStream before() {
        return IntStream.range(0, rows).map(i -> first + 2 * i);
    }

    boolean isBefore(long id) {
        return id >= first && id < afterGaps() && (id - first) % 2 == 0;
    }

    /** Of a write. @param turn from 0 on */
    int written(int turn) {
        return turn < rows ? first + 1 + 2 * (int) (turn * STEP % rows) : afterGaps() + turn - rows;
    }

    private int afterGaps() {
        return first + 2 * rows;
    }

    /** Greater than every number of the round. @param turns of writes that were taken */
    int end(int turns) {
        return afterGaps() + Math.max(0, turns - rows);
    }
}
