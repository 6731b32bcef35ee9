package distributedmysql.monitor.table;

import distributedmysql.config.Plural;
import distributedmysql.history.KeyDifference;
import distributedmysql.history.KeyDifference.Kind;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Settles for single keys whether the replica differs, at one GTID position and without doubt: see the package's
 * description. Not thread-safe.
 */
final class Confirmation {
    private static final int MOST_KEYS = 32;
    // Errors that say: somebody else holds a lock.
    // https://dev.mysql.com/doc/mysql-errors/8.0/en/server-error-reference.html
    static final Set<Integer> LOCKED_BY_OTHERS = Set.of(1205, 1213, 3572);

    private final TablePair sides;
    private final Findings findings;
    private final TableDeadline deadline;
    private final Duration lockTime;
    private final int batchSize;
    private final DifferingColumns columns;
    // Under a collation, 'a' and 'A' are one key, which both sides can have brought up.
    private final Set<Key> recorded = new HashSet<>();

    Confirmation(TablePair sides, Findings findings, TableDeadline deadline, Duration lockTime) {
        this.sides = sides;
        this.findings = findings;
        this.deadline = deadline;
        this.lockTime = lockTime;
        this.batchSize = sides.sql().lookupSize(MOST_KEYS);
        this.columns = new DifferingColumns(sides, batchSize);
    }

    /**
     * Records those keys under which the sides differ. Every key under one call is settled once, however it is written.
     *
     * @throws IncompleteException if some could not be settled by the deadline
     */
    void settle(List<Key> suspects) throws SQLException, IncompleteException {
        recorded.clear();
        int atOnce = batchSize;
        List<Key> open = differingUnlocked(suspects);
        while (!open.isEmpty()) {
            if (deadline.passed()) {
                throw new IncompleteException("deadline passed before " + Plural.of(open.size(), "differing key")
                        + ", the first "
                        + sides.sql().display(open.get(0)) + ", could be confirmed: they are locked by others, or the"
                        + " replica lags by more than the lock time of " + lockTime.toMillis() + " ms");
            }
            List<Key> unsettled = new ArrayList<>();
            for (List<Key> batch : batches(open, atOnce)) {
                if (!settledLocked(batch)) {
                    unsettled.addAll(batch);
                }
            }
            atOnce = Math.max(1, atOnce / 2);
            open = unsettled.isEmpty() ? unsettled : differingUnlocked(unsettled);
        }
    }

    private static List<List<Key>> batches(List<Key> keys, int size) {
        List<List<Key>> batches = new ArrayList<>();
        for (int i = 0; i < keys.size(); i += size) {
            batches.add(keys.subList(i, Math.min(i + size, keys.size())));
        }
        return batches;
    }

    /**
     * Reads the keys on the primary, then on the replica at that position or later. What is equal then is settled. What
     * differs is settled too if the primary stood still all the while, else returned.
     */
    private List<Key> differingUnlocked(List<Key> keys) throws SQLException, IncompleteException {
        GtidPosition before = GtidPosition.of(sides.primary());
        List<RowDigest> onPrimary = lookup(sides.primary(), keys);
        sides.replica().awaitPosition(GtidPosition.of(sides.primary()));
        List<RowDigest> onReplica = lookup(sides.replica(), keys);
        List<Key> differing = new ArrayList<>();
        for (int i = 0; i < keys.size(); i++) {
            if (kind(onPrimary.get(i), onReplica.get(i)) != null) {
                differing.add(keys.get(i));
            } else {
                noteUnreadable(onPrimary.get(i), onReplica.get(i));
            }
        }
        if (!differing.isEmpty() && GtidPosition.of(sides.primary()).isStillAt(before)) {
            List<KeyDifference> named = named(onPrimary, onReplica, "", deadline);
            // The values were read later, so that it must not have changed until then either.
            if (GtidPosition.of(sides.primary()).isStillAt(before)) {
                record(onPrimary, onReplica, named);
                return List.of();
            }
        }
        return differing;
    }

    /** Of the rows that will be named, how they differ; null where they do not, or are not to be named any more. */
    private List<KeyDifference> named(
            List<RowDigest> onPrimary, List<RowDigest> onReplica, String locking, TableDeadline until)
            throws SQLException, IncompleteException {
        List<KeyDifference> named = new ArrayList<>(Collections.nCopies(onPrimary.size(), null));
        List<Integer> places = new ArrayList<>();
        List<Key> keys = new ArrayList<>();
        for (int i = 0; i < onPrimary.size() && keys.size() < findings.stillNamed(); i++) {
            if (kind(onPrimary.get(i), onReplica.get(i)) == Kind.DIFFERING) {
                places.add(i);
                keys.add(onPrimary.get(i).key());
            }
        }
        List<KeyDifference> read = columns.read(keys, locking, until);
        for (int i = 0; i < places.size(); i++) {
            named.set(places.get(i), read.get(i));
        }
        return named;
    }

    /** Records rows that differ under these keys, while the primary stands still; false if it did not. */
    boolean settledStandingStill(Map<Key, Kind> suspects, GtidPosition before)
            throws SQLException, IncompleteException {
        List<Key> differing = suspects.keySet().stream()
                .filter(key -> suspects.get(key) == Kind.DIFFERING)
                .limit(findings.stillNamed())
                .toList();
        if (!GtidPosition.of(sides.primary()).isStillAt(before)) {
            return false;
        }
        List<KeyDifference> named = columns.read(differing, "", deadline);
        if (!GtidPosition.of(sides.primary()).isStillAt(before)) {
            return false;
        }
        Map<Key, KeyDifference> byKey = new HashMap<>();
        for (int i = 0; i < differing.size(); i++) {
            byKey.put(differing.get(i), named.get(i));
        }
        suspects.forEach((key, kind) -> findings.difference(
                byKey.getOrDefault(key, new KeyDifference(kind, sides.sql().display(key)))));
        return true;
    }

    private List<RowDigest> lookup(Session side, List<Key> keys) throws SQLException, IncompleteException {
        List<RowDigest> rows = new ArrayList<>(keys.size());
        for (List<Key> batch : batches(keys, batchSize)) {
            rows.addAll(sides.lookup(side, batch, "", deadline));
        }
        return rows;
    }

    /** Does the same while the keys are locked on the primary; false if that did not work out within the lock time. */
    private boolean settledLocked(List<Key> keys) throws SQLException, IncompleteException {
        // Nothing is locked while the replica is further behind than the lock could be held.
        if (!sides.replica().reached(GtidPosition.of(sides.primary()), deadline.orIn(lockTime))) {
            return false;
        }
        try (LockedRows locked = LockedRows.lock(sides, keys, deadline)) {
            TableDeadline release = deadline.orIn(lockTime);
            if (!sides.replica().reached(GtidPosition.of(sides.primary()), release)) {
                return false;
            }
            List<RowDigest> onReplica = sides.lookup(sides.replica(), keys, "", release);
            record(locked.rows(), onReplica, namedLocked(locked.rows(), onReplica, release));
            return true;
        } catch (SQLException e) {
            if (LOCKED_BY_OTHERS.contains(e.getErrorCode())) {
                return false;
            }
            throw e;
        } catch (IncompleteException e) {
            // The lock time passed during the look-up, if not the whole deadline, which the caller looks at.
            return false;
        }
    }

    /** That the rows differ is certain: if the lock time does not last for their values, they are named without. */
    private List<KeyDifference> namedLocked(List<RowDigest> onPrimary, List<RowDigest> onReplica, TableDeadline release)
            throws SQLException {
        try {
            return named(onPrimary, onReplica, " FOR SHARE", release);
        } catch (IncompleteException e) {
            return Collections.nCopies(onPrimary.size(), null);
        }
    }

    private void record(List<RowDigest> onPrimary, List<RowDigest> onReplica, List<KeyDifference> named)
            throws SQLException, IncompleteException {
        for (int i = 0; i < onPrimary.size(); i++) {
            RowDigest mine = onPrimary.get(i);
            RowDigest theirs = onReplica.get(i);
            Kind kind = kind(mine, theirs);
            if (kind != null) {
                Key key = mine == null ? theirs.key() : mine.key();
                if (recorded.add(key)) {
                    findings.difference(
                            named.get(i) == null
                                    ? new KeyDifference(kind, sides.sql().display(key))
                                    : named.get(i));
                }
            } else {
                noteUnreadable(mine, theirs);
            }
        }
    }

    private void noteUnreadable(RowDigest onPrimary, RowDigest onReplica) throws SQLException, IncompleteException {
        if (isUnreadable(onPrimary, onReplica) && recorded.add(onPrimary.key())) {
            unreadable(onPrimary.key());
        }
    }

    /** Counts a row that a limit of one of the servers keeps from being compared. */
    void unreadable(Key key) throws SQLException, IncompleteException {
        // One that is named is enough: each costs look-ups.
        findings.unreadable(findings.hasUnreadable() ? "" : sides.whyUnreadable(key, deadline));
    }

    private static boolean isUnreadable(RowDigest onPrimary, RowDigest onReplica) {
        return onPrimary != null && onReplica != null && !(onPrimary.isReadable() && onReplica.isReadable());
    }

    /** Null if they are equal, or one of them is unreadable: that both are there is certain all the same. */
    private static Kind kind(RowDigest onPrimary, RowDigest onReplica) {
        if (onPrimary == null) {
            return onReplica == null ? null : Kind.EXTRA;
        }
        if (onReplica == null) {
            return Kind.MISSING;
        }
        if (isUnreadable(onPrimary, onReplica)) {
            return null;
        }
        return onPrimary.digest().equals(onReplica.digest()) ? null : Kind.DIFFERING;
    }
}
