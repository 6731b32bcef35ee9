package distributedmysql.backup;

import distributedmysql.backup.binlog.BinlogTransaction;
import distributedmysql.mysql.GtidSet;
import java.util.function.Consumer;

/** Looks for the place in a binary log up to which it is to be applied. Used by one thread. */
final class CutFinder implements Consumer<BinlogTransaction> {
    private final Target target;
    private final GtidSet.Builder before = new GtidSet.Builder();
    private boolean found;
    private long end;

    CutFinder(Target target) {
        this.target = target;
    }

    @Override
    public void accept(BinlogTransaction transaction) {
        if (found) {
            return;
        }
        boolean isIt = target.gtid().filter(transaction.gtid()::equals).isPresent();
        boolean later = target.time()
                .filter(time -> transaction.committed().isAfter(time))
                .isPresent();
        found = isIt || later;
        if (!found || isIt && target.included()) {
            before.add(transaction.gtid());
            end = transaction.end();
        } else {
            end = transaction.begin();
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
