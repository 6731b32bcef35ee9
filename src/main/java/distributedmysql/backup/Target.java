package distributedmysql.backup;

import distributedmysql.mysql.Gtid;
import java.time.Instant;
import java.util.Optional;

/**
 * What to recover to. All transactions up to there in the order in which the source committed them, and none after.
 *
 * @param gtid the last transaction, or the first one that is left out
 * @param included which of them
 * @param time instead of a transaction: the last one is that before the first one that was committed later, by the clock of
 *     the server that it was committed on first
 */
public record Target(Optional<Gtid> gtid, boolean included, Optional<Instant> time) {
    /** Up to and including that transaction. */
    public static Target upTo(Gtid gtid) {
        return new Target(Optional.of(gtid), true, Optional.empty());
    }

    /** Up to that transaction, without it. */
    public static Target before(Gtid gtid) {
        return new Target(Optional.of(gtid), false, Optional.empty());
    }

    /** All that was committed at that time or before. */
    public static Target at(Instant time) {
        return new Target(Optional.empty(), true, Optional.of(time));
    }

    @Override
    public String toString() {
        return time.map(Instant::toString)
                .orElseGet(() -> (included ? "transaction " : "just before transaction ") + gtid.orElseThrow());
    }
}
