package distributedmysql.report;

import distributedmysql.load.SqlFailure;
import java.util.concurrent.atomic.LongAdder;

/** Errors that are equal. Thread-safe. */
final class ErrorTally {
    final SqlFailure first;
    final LongAdder count = new LongAdder();

    ErrorTally(SqlFailure first) {
        this.first = first;
    }

    ErrorCount count() {
        return new ErrorCount(first.sqlState(), first.code(), count.sum(), first.summary());
    }
}
