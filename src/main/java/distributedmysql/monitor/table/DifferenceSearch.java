package distributedmysql.monitor.table;

import distributedmysql.history.KeyDifference.Kind;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds the keys that differ within a range, in pages: whatever the range holds on either side, no more than two pages
 * are in memory. Not thread-safe.
 */
final class DifferenceSearch {
    private static final int PAGE = 5_000;

    private final TablePair sides;
    private final Confirmation confirmation;
    private final Pace pace;
    private boolean limitHit;

    DifferenceSearch(TablePair sides, Findings findings, TableDeadline deadline, Duration lockTime, Pace pace) {
        this.sides = sides;
        this.pace = pace;
        this.confirmation = new Confirmation(sides, findings, deadline, lockTime);
    }

    void search(Key.Range range) throws SQLException, IncompleteException {
        Optional<Key> low = range.low();
        do {
            pause();
            low = searchPage(new Key.Range(low, range.high()));
        } while (low.isPresent());
    }

    private void pause() throws IncompleteException {
        AwaitedReplica replica = sides.replica().awaited();
        Map<AwaitedReplica, String> inVain = pace.pause(sides.primary().node(), List.of(replica));
        if (inVain.containsKey(replica)) {
            throw new IncompleteException(inVain.get(replica));
        }
    }

    /** Compares as much of the range's beginning as fits a page on both sides; returns where the rest begins, if any. */
    private Optional<Key> searchPage(Key.Range range) throws SQLException, IncompleteException {
        GtidPosition before = GtidPosition.of(sides.primary());
        limitHit = false;
        Key.Range part = range;
        List<RowDigest> onPrimary;
        List<RowDigest> onReplica;
        do {
            onPrimary = page(sides.primary(), part);
            part = upToLast(onPrimary, part);
            sides.replica().awaitPosition(GtidPosition.of(sides.primary()));
            onReplica = page(sides.replica(), part);
            part = upToLast(onReplica, part);
            // Too many on the replica: the same again for the part that fits.
        } while (onReplica.size() > PAGE);
        comparePage(before, onPrimary, onReplica);
        return part.high().equals(range.high()) ? Optional.empty() : part.high();
    }

    /** One row more than a page, if there is one, tells that it is not the last page. */
    private List<RowDigest> page(Session side, Key.Range range) throws SQLException, IncompleteException {
        List<RowDigest> rows = TablePair.page(side, sides.sql(), range, PAGE + 1);
        limitHit |= side.limitHit().isPresent();
        return rows;
    }

    private static Key.Range upToLast(List<RowDigest> rows, Key.Range range) {
        return rows.size() > PAGE
                ? new Key.Range(range.low(), Optional.of(rows.get(PAGE - 1).key()))
                : range;
    }

    private void comparePage(GtidPosition before, List<RowDigest> onPrimary, List<RowDigest> onReplica)
            throws SQLException, IncompleteException {
        Map<Key, Kind> suspects = new LinkedHashMap<>();
        Map<Key, RowDigest> unmatched = new LinkedHashMap<>();
        onPrimary.stream().limit(PAGE).forEach(row -> unmatched.put(row.key(), row));
        for (RowDigest row : onReplica) {
            RowDigest mine = unmatched.remove(row.key());
            if (mine == null) {
                suspects.put(row.key(), Kind.EXTRA);
            } else if (!mine.isReadable() || !row.isReadable()) {
                confirmation.unreadable(row.key());
            } else if (!row.digest().equals(mine.digest())) {
                suspects.put(row.key(), Kind.DIFFERING);
            }
        }
        unmatched.keySet().forEach(key -> suspects.put(key, Kind.MISSING));
        if (suspects.isEmpty()) {
            return;
        }
        // What differs in a page in which a limit was hit is looked up alone, to see whether it was that row.
        boolean settled =
                !limitHit && sides.sql().keyEqualityIsIdentity() && confirmation.settledStandingStill(suspects, before);
        if (!settled) {
            confirmation.settle(new ArrayList<>(suspects.keySet()));
        }
    }
}
