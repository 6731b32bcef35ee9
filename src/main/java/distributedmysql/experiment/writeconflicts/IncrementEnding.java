package distributedmysql.experiment.writeconflicts;

import distributedmysql.history.Outcome;
import distributedmysql.load.SqlFailure;

/** How an increment ended, for the client. */
enum IncrementEnding {
    ACKNOWLEDGED,
    /** The group found at its commit that another member had changed the row before. */
    CONFLICT,
    /** Before it was certified: two sessions of a member waited for each other, or it stood in the way of what the group had agreed upon. */
    DEADLOCK,
    /** Another error, after which it is certainly not applied. */
    FAILED,
    /** Nobody knows: the connection broke. */
    UNKNOWN;

    /** ER_TRANSACTION_ROLLBACK_DURING_COMMIT. */
    private static final int ROLLED_BACK_AT_COMMIT = 3101;
    /** ER_LOCK_DEADLOCK. */
    private static final int LOCK_DEADLOCK = 1213;
    /** ER_ERROR_DURING_COMMIT: the same, of a transaction whose commit had begun (its text has InnoDB's error 149, a deadlock). */
    private static final int ERROR_DURING_COMMIT = 1180;

    /** @param failure null if it succeeded */
    static IncrementEnding of(SqlFailure failure) {
        if (failure == null) {
            return ACKNOWLEDGED;
        }
        if (failure.outcome() == Outcome.UNKNOWN) {
            return UNKNOWN;
        }
        return switch (failure.code()) {
            case ROLLED_BACK_AT_COMMIT -> CONFLICT;
            case LOCK_DEADLOCK, ERROR_DURING_COMMIT -> DEADLOCK;
            default -> FAILED;
        };
    }

    /** Whether it is what this experiment looks for, and no failed request. */
    boolean isRollback() {
        return this == CONFLICT || this == DEADLOCK;
    }
}
