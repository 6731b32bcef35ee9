package distributedmysql.experiment.sharding.transfers;

import distributedmysql.history.Outcome;
import distributedmysql.load.SqlFailure;
import java.util.Locale;
import java.util.Set;

/** How a transfer ended, for its client. */
enum TransferEnding {
    ACKNOWLEDGED,
    /** Certainly absent: it waited too long for a lock, or two waited for each other. */
    ROLLED_BACK,
    /** Certainly absent, because of another error. */
    FAILED,
    /** Its client lives, but a commit has failed, or its connection broke meanwhile. */
    UNKNOWN,
    /** Its client is dead. */
    KILLED;

    /** ER_LOCK_WAIT_TIMEOUT, ER_LOCK_DEADLOCK, ER_XA_RBTIMEOUT, ER_XA_RBDEADLOCK. */
    private static final Set<Integer> LOCKS = Set.of(1205, 1213, 1613, 1614);

    /** Of a transfer that was given up before either shard committed, and before it was decided. */
    static TransferEnding undone(SqlFailure failure) {
        return LOCKS.contains(failure.code()) ? ROLLED_BACK : FAILED;
    }

    /** Of a transfer whose first commit, or whose decision, has failed: the server's own word says that it is not applied. */
    static TransferEnding decided(SqlFailure failure) {
        return failure.outcome() == Outcome.UNKNOWN ? UNKNOWN : undone(failure);
    }

    /** For instance {@code rolled back}. */
    String words() {
        return this == UNKNOWN
                ? "of unknown end"
                : name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
