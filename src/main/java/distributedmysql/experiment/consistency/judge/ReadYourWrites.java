package distributedmysql.experiment.consistency.judge;

import distributedmysql.check.Evidence;
import distributedmysql.history.Plan;
import distributedmysql.history.Read;
import distributedmysql.history.Write;

/**
 * Read your writes: if read R follows write W in a session, and R is performed at a server, then that server's data at
 * that time include W (Terry et al. 1994, section 3.1).
 *
 * <p>Here: a session had version v of a key acknowledged before it began a read of that key. The read must show
 * version v or a later one. A write that was not acknowledged demands nothing.
 */
public final class ReadYourWrites extends SessionTally {
    private static final int VERSION = 0;
    private static final int ACKNOWLEDGED = 1;
    private static final int NODE = 2;

    private final NameIndex nodes = new NameIndex();
    // By process and key: the newest acknowledged write.
    private final LongTable own = LongTable.byPair(3);

    ReadYourWrites(Plan plan) {
        super(Guarantee.READ_YOUR_WRITES, plan);
    }

    @Override
    void wrote(Write write) {
        if (write.ending().isOk()) {
            int row = own.findOrAdd(write.call().process(), write.call().key());
            own.set(row, VERSION, write.version());
            own.set(row, ACKNOWLEDGED, write.call().completeMicros());
            own.set(row, NODE, nodes.number(write.call().node()));
        }
    }

    @Override
    void hasRead(Read read) {
        int row = own.find(read.call().process(), read.call().key());
        if (row >= 0 && own.get(row, ACKNOWLEDGED) <= read.call().invokeMicros()) {
            judge(
                    read,
                    own.get(row, VERSION),
                    () -> "it had written that itself on " + nodes.name(own.get(row, NODE)) + ", acknowledged at "
                            + Evidence.seconds(own.get(row, ACKNOWLEDGED)));
        }
    }
}
