package distributedmysql.ledger;

import java.util.OptionalLong;

/**
 * What servers promise of the writes that they have acknowledged, and of the rows that they have shown.
 *
 * @param mostLost how many acknowledged writes may not be there in the end
 * @param seenStays whether a row that a reader has seen must be there
 * @param limit how the evidence words {@code mostLost}; empty where it goes without saying
 */
public record LedgerPromise(long mostLost, boolean seenStays, String limit) {
    /** Whatever was acknowledged or seen is there. */
    public static final LedgerPromise ALL = new LedgerPromise(0, true, "");

    /** Whatever was acknowledged is there; somebody may have seen more. */
    public static final LedgerPromise ACKNOWLEDGED = new LedgerPromise(0, false, "");

    /** @param mostLost empty if a loss is measured only */
    public static LedgerPromise butFor(OptionalLong mostLost) {
        return new LedgerPromise(
                mostLost.orElse(Long.MAX_VALUE),
                false,
                mostLost.isPresent() ? "at most " + mostLost.getAsLong() : "measured, no limit is set");
    }
}
