package distributedmysql.experiment.sharding.transfers;

import java.util.EnumSet;
import java.util.Set;

/** What there is of a transfer in the end. */
enum Shape {
    ABSENT("nothing of it is there"),
    DEBIT("only its debit is there"),
    CREDIT("only its credit is there"),
    WHOLE("both halves of it are there");

    private final String words;

    Shape(String words) {
        this.words = words;
    }

    String words() {
        return words;
    }

    static Shape of(boolean debit, boolean credit) {
        if (debit) {
            return credit ? WHOLE : DEBIT;
        }
        return credit ? CREDIT : ABSENT;
    }

    boolean isHalf() {
        return this == DEBIT || this == CREDIT;
    }

    /** By how much the sum of all balances is less because of such a transfer. */
    long lost(Transfer transfer) {
        return switch (this) {
            case DEBIT -> transfer.amount();
            case CREDIT -> -transfer.amount();
            case ABSENT, WHOLE -> 0;
        };
    }

    /** What its way promises after such an end; the shard that pays commits first. */
    static Set<Shape> promised(Way way, Ended ended) {
        boolean xa = way == Way.XA;
        return switch (ended.ending()) {
            case ACKNOWLEDGED -> EnumSet.of(WHOLE);
            case ROLLED_BACK, FAILED -> EnumSet.of(ABSENT);
            case UNKNOWN -> xa ? EnumSet.of(ABSENT, WHOLE) : EnumSet.of(ABSENT, DEBIT, WHOLE);
            case KILLED ->
                ended.killedAt(KillPoint.BEFORE_DECISION) ? EnumSet.of(ABSENT) : EnumSet.of(xa ? WHOLE : DEBIT);
        };
    }
}
