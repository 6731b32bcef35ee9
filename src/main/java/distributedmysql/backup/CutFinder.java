package distributedmysql.backup;

import distributedmysql.backup.binlog.BinlogTransaction;
import distributedmysql.mysql.GtidSet;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** Looks for the place in a binary log up to which it is to be applied. Used by one thread. */
final class CutFinder implements Consumer<BinlogTransaction> {
    private final Predicate<BinlogTransaction> last;
    private final Predicate<BinlogTransaction> beyond;
    private final GtidSet.Builder before = new GtidSet.Builder();
    private boolean found;
    private long end;

    private CutFinder(Predicate<BinlogTransaction> last, Predicate<BinlogTransaction> beyond) {
        this.last = last;
        this.beyond = beyond;
    }

    /** Finds where the target is. */
    static CutFinder to(Target target) {
        Predicate<BinlogTransaction> isIt =
                transaction -> target.gtid().filter(transaction.gtid()::equals).isPresent();
        Predicate<BinlogTransaction> later = transaction -> target.time()
                .filter(time -> transaction.committed().isAfter(time))
                .isPresent();
        return target.included()
                ? new CutFinder(isIt, later)
                : new CutFinder(transaction -> false, transaction -> isIt.test(transaction) || later.test(transaction));
    }

    /** Finds how far nothing is outside of the set. */
    static CutFinder within(GtidSet set) {
        return new CutFinder(transaction -> false, transaction -> !set.contains(transaction.gtid()));
    }

    @Override
    public void accept(BinlogTransaction transaction) {
        if (found) {
            return;
        }
        if (beyond.test(transaction)) {
            found = true;
            end = transaction.begin();
        } else {
            found = last.test(transaction);
            before.add(transaction.gtid());
            end = transaction.end();
        }
    }

    /** Of the file, those that are to be applied. */
    GtidSet gtids() {
        return before.build();
    }

    /** Where the last of them ends. */
    long end() {
        return end;
    }
}
