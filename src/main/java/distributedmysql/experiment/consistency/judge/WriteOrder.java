package distributedmysql.experiment.consistency.judge;

import distributedmysql.check.Evidence;
import distributedmysql.history.Read;
import java.util.HashMap;
import java.util.Map;

/**
 * Pairs of writes of which the earlier one must be on every server that has the later one, and what readers have to
 * see because of that.
 *
 * <p>Only the newest pairs are kept, at least {@link #GENERATION} of them, so that memory is bounded: a reader that
 * sees a write when its pair is forgotten is no evidence. At 1,000 such writes a second that is after eight minutes.
 */
final class WriteOrder {
    static final int GENERATION = 500_000;

    private static final int EARLIER_KEY = 0;
    private static final int EARLIER_VERSION = 1;

    private static final int VERSION = 0;
    private static final int LATER_KEY = 1;
    private static final int LATER_VERSION = 2;
    private static final int SEEN = 3;

    private final SessionTally tally;
    private final String relation;
    // By key and version of the later write.
    private final NewestRows pairs = new NewestRows(2, GENERATION);
    // By node, reading process and the earlier write's key: what that process has to see there, having seen the later.
    private final Map<String, LongTable> due = new HashMap<>();

    /** @param relation what the later write's writer had done with the earlier one, for the counter-example */
    WriteOrder(SessionTally tally, String relation) {
        this.tally = tally;
        this.relation = relation;
    }

    void pair(long key, long version, long earlierKey, long earlierVersion) {
        int row = pairs.add(key, version);
        pairs.set(row, EARLIER_KEY, earlierKey);
        pairs.set(row, EARLIER_VERSION, earlierVersion);
    }

    void hasRead(Read read) {
        LongTable dueHere = due.computeIfAbsent(read.call().node(), any -> LongTable.byPair(4));
        judge(read, dueHere);
        int pair = pairs.find(read.call().key(), read.answer().version());
        if (pair >= 0) {
            demand(read, dueHere, pairs.get(pair, EARLIER_KEY), pairs.get(pair, EARLIER_VERSION));
        }
    }

    private void judge(Read read, LongTable due) {
        int row = due.find(read.call().process(), read.call().key());
        if (row >= 0 && due.get(row, SEEN) <= read.call().invokeMicros()) {
            tally.judge(
                    read,
                    due.get(row, VERSION),
                    () -> "on that node it had read version " + due.get(row, LATER_VERSION) + " of key "
                            + due.get(row, LATER_KEY) + ", ended at " + Evidence.seconds(due.get(row, SEEN))
                            + ", before which its writer had " + relation + " it");
        }
    }

    private static void demand(Read read, LongTable due, long earlierKey, long earlierVersion) {
        int row = due.findOrAdd(read.call().process(), earlierKey);
        if (due.get(row, VERSION) < earlierVersion) {
            due.set(row, VERSION, earlierVersion);
            due.set(row, LATER_KEY, read.call().key());
            due.set(row, LATER_VERSION, read.answer().version());
            due.set(row, SEEN, read.call().completeMicros());
        }
    }
}
