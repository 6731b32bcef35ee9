package distributedmysql.experiment.consistency.judge;

import distributedmysql.check.Evidence;
import distributedmysql.history.Plan;
import distributedmysql.history.Read;
import distributedmysql.history.Write;

/**
 * Monotonic reads: if read R1 occurs before R2 in a session, then the data of R2's server include the writes that R1's
 * result showed (Terry et al. 1994, section 3.2).
 *
 * <p>Here: a session's read of a key showed version v, and had ended before the session began another read of that
 * key. The later read must show version v or a later one.
 */
public final class MonotonicReads extends SessionTally {
    private static final int VERSION = 0;
    private static final int ENDED = 1;
    private static final int NODE = 2;

    private final NameIndex nodes = new NameIndex();
    // By process and key: the read that showed the newest version.
    private final LongTable newest = LongTable.byPair(3);

    MonotonicReads(Plan plan) {
        super(Guarantee.MONOTONIC_READS, plan);
    }

    @Override
    void wrote(Write write) {
        // Only what was read counts; what was written is for ReadYourWrites.
    }

    @Override
    void hasRead(Read read) {
        int row = newest.find(read.call().process(), read.call().key());
        if (row < 0) {
            row = newest.findOrAdd(read.call().process(), read.call().key());
            remember(row, read);
            return;
        }
        if (newest.get(row, ENDED) <= read.call().invokeMicros()) {
            int earlier = row;
            judge(
                    read,
                    newest.get(row, VERSION),
                    () -> "it had read that on " + nodes.name(newest.get(earlier, NODE)) + ", ended at "
                            + Evidence.seconds(newest.get(earlier, ENDED)));
        }
        if (read.answer().version() > newest.get(row, VERSION)) {
            remember(row, read);
        }
    }

    private void remember(int row, Read read) {
        newest.set(row, VERSION, read.answer().version());
        newest.set(row, ENDED, read.call().completeMicros());
        newest.set(row, NODE, nodes.number(read.call().node()));
    }
}
