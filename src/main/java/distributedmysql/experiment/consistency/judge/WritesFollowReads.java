package distributedmysql.experiment.consistency.judge;

import distributedmysql.history.Outcome;
import distributedmysql.history.Plan;
import distributedmysql.history.Read;
import distributedmysql.history.Write;

/**
 * Writes follow reads: if read R1 precedes write W2 in a session, then a server whose data include W2 also has the
 * writes that R1's result showed, and has them before (Terry et al. 1994, section 3.3).
 *
 * <p>Here: a session had read version v of key a, and then wrote version w of another key b; the write was recorded
 * with that read as its {@link Write.Basis}. An observer (any session) read version w of key b on a node; each later
 * read that it makes of key a on the same node must show version v or a later one. A read that was recorded before the
 * write that it shows is no evidence.
 */
public final class WritesFollowReads extends SessionTally {
    private final WriteOrder order = new WriteOrder(this, "read");

    WritesFollowReads(Plan plan) {
        super(Guarantee.WRITES_FOLLOW_READS, plan);
    }

    @Override
    void wrote(Write write) {
        Write.Basis basis = write.basis();
        boolean orders = basis.version() > 0 && basis.key() != write.call().key();
        if (orders && write.ending().outcome() != Outcome.FAIL) {
            order.pair(write.call().key(), write.version(), basis.key(), basis.version());
        }
    }

    @Override
    void hasRead(Read read) {
        order.hasRead(read);
    }
}
