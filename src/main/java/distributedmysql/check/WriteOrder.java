package distributedmysql.check;

import distributedmysql.history.Read;

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
    private static final int NODE = 1;
    private static final int LATER_KEY = 2;
    private static final int LATER_VERSION = 3;
    private static final int SEEN = 4;

    private final SessionTally tally;
    private final String relation;
    private final Names nodes = new Names();
    // By key and version of the later write.
    private LongTable pairs = new LongTable(2);
    private LongTable olderPairs = new LongTable(2);
    // By reading process and the earlier write's key: what that process has to see, on the node where it saw the later.
    private final LongTable due = new LongTable(5);

    /** @param relation what the later write's writer had done with the earlier one, for the counter-example */
    WriteOrder(SessionTally tally, String relation) {
        this.tally = tally;
        this.relation = relation;
    }

    void pair(long key, long version, long earlierKey, long earlierVersion) {
        if (pairs.size() == GENERATION) {
            olderPairs = pairs;
            pairs = new LongTable(2);
        }
        int row = pairs.findOrAdd(key, version);
        pairs.set(row, EARLIER_KEY, earlierKey);
        pairs.set(row, EARLIER_VERSION, earlierVersion);
    }

    void hasRead(Read read) {
        judge(read);
        LongTable table = pairs;
        int pair = pairs.find(read.call().key(), read.answer().version());
        if (pair < 0) {
            table = olderPairs;
            pair = olderPairs.find(read.call().key(), read.answer().version());
        }
        if (pair >= 0) {
            demand(read, table.get(pair, EARLIER_KEY), table.get(pair, EARLIER_VERSION));
        }
    }

    private void judge(Read read) {
        int row = due.find(read.call().process(), read.call().key());
        if (row >= 0
                && due.get(row, NODE) == nodes.number(read.call().node())
                && due.get(row, SEEN) <= read.call().invokeMicros()) {
            tally.judge(
                    read,
                    due.get(row, VERSION),
                    () -> "on that node it had read version " + due.get(row, LATER_VERSION) + " of key "
                            + due.get(row, LATER_KEY) + ", ended at " + Evidence.seconds(due.get(row, SEEN))
                            + ", before which its writer had " + relation + " it");
        }
    }

    private void demand(Read read, long earlierKey, long earlierVersion) {
        int row = due.findOrAdd(read.call().process(), earlierKey);
        int node = nodes.number(read.call().node());
        if (due.get(row, NODE) == node && due.get(row, VERSION) >= earlierVersion) {
            return;
        }
        due.set(row, VERSION, earlierVersion);
        due.set(row, NODE, node);
        due.set(row, LATER_KEY, read.call().key());
        due.set(row, LATER_VERSION, read.answer().version());
        due.set(row, SEEN, read.call().completeMicros());
    }
}
