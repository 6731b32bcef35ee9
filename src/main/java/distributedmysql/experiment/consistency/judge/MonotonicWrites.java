package distributedmysql.experiment.consistency.judge;

import distributedmysql.history.Outcome;
import distributedmysql.history.Plan;
import distributedmysql.history.Read;
import distributedmysql.history.Write;

/**
 * Monotonic writes: if write W1 precedes W2 in a session, then a server whose data include W2 also has W1, and has it
 * before (Terry et al. 1994, section 3.4).
 *
 * <p>Here: a session had version v of key a acknowledged, and then wrote version w of another key b. An observer (any
 * session) read version w of key b on a node; each later read that it makes of key a on the same node must show
 * version v or a later one. W1 is the session's newest acknowledged write of another key before W2; W2 need not have
 * been acknowledged, since it was seen; a read that was recorded before W2 is no evidence. Two writes of one key are
 * ordered by their versions and prove nothing.
 */
public final class MonotonicWrites extends SessionTally {
    private static final int LAST_KEY = 0;
    private static final int LAST_VERSION = 1;
    private static final int OTHER_KEY = 2;
    private static final int OTHER_VERSION = 3;

    // By process: its newest acknowledged write, and its newest one of another key than that.
    private final LongTable sessions = LongTable.byOne(4);
    private final WriteOrder order = new WriteOrder(this, "written");

    MonotonicWrites(Plan plan) {
        super(Guarantee.MONOTONIC_WRITES, plan);
    }

    @Override
    void wrote(Write write) {
        if (write.ending().outcome() == Outcome.FAIL) {
            return;
        }
        int row = sessions.findOrAdd(write.call().process(), 0);
        long key = write.call().key();
        boolean again = sessions.get(row, LAST_KEY) == key;
        long earlierVersion = sessions.get(row, again ? OTHER_VERSION : LAST_VERSION);
        if (earlierVersion > 0) {
            order.pair(key, write.version(), sessions.get(row, again ? OTHER_KEY : LAST_KEY), earlierVersion);
        }
        if (write.ending().isOk()) {
            if (!again) {
                sessions.set(row, OTHER_KEY, sessions.get(row, LAST_KEY));
                sessions.set(row, OTHER_VERSION, sessions.get(row, LAST_VERSION));
            }
            sessions.set(row, LAST_KEY, key);
            sessions.set(row, LAST_VERSION, write.version());
        }
    }

    @Override
    void hasRead(Read read) {
        order.hasRead(read);
    }
}
