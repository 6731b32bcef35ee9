package distributedmysql.monitor.table;

import distributedmysql.history.KeyDifference.Kind;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Settles for single keys whether the replica differs, at one GTID position and without doubt: see the package's
 * description. Not thread-safe.
 */
final class Confirmation {
    private static final int MOST_KEYS = 32;
    // Errors that say: somebody else holds a lock.
    // https://dev.mysql.com/doc/mysql-errors/8.0/en/server-error-reference.html
    private static final Set<Integer> LOCKED_BY_OTHERS = Set.of(1205, 1213, 3572);

    private final Sides sides;
    private final Findings findings;
    private final Deadline deadline;
    private final Duration lockTime;
    // Under a collation, 'a' and 'A' are one key, which both sides can have brought up.
    private final Set<Key> recorded = new HashSet<>();

    Confirmation(Sides sides, Findings findings, Deadline deadline, Duration lockTime) {
        this.sides = sides;
        this.findings = findings;
        this.deadline = deadline;
        this.lockTime = lockTime;
    }

    /**
     * Records those keys under which the sides differ. Every key under one call is settled once, however it is written.
     *
     * @throws IncompleteException if some could not be settled by the deadline
     */
    void settle(List<Key> suspects) throws SQLException, IncompleteException {
        recorded.clear();
        int size = sides.sql().lookupSize(MOST_KEYS);
        for (int i = 0; i < suspects.size(); i += size) {
            settleBatch(suspects.subList(i, Math.min(i + size, suspects.size())));
        }
    }

    private void settleBatch(List<Key> batch) throws SQLException, IncompleteException {
        int atOnce = batch.size();
        List<Key> open = differingUnlocked(batch);
        while (!open.isEmpty()) {
            if (deadline.passed()) {
                throw new IncompleteException("deadline passed before " + open.size() + " differing keys, the first "
                        + sides.sql().display(open.get(0)) + ", could be confirmed: they are locked by others, or the"
                        + " replica lags by more than the lock time of " + lockTime.toMillis() + " ms");
            }
            List<Key> unsettled = new ArrayList<>();
            for (int i = 0; i < open.size(); i += atOnce) {
                List<Key> some = open.subList(i, Math.min(i + atOnce, open.size()));
                if (!settledLocked(some)) {
                    unsettled.addAll(some);
                }
            }
            atOnce = Math.max(1, atOnce / 2);
            open = unsettled.isEmpty() ? unsettled : differingUnlocked(unsettled);
        }
    }

    /**
     * Reads the keys on the primary, then on the replica at that position or later. What is equal then is settled. What
     * differs is settled too if the primary stood still all the while, else returned.
     */
    private List<Key> differingUnlocked(List<Key> keys) throws SQLException, IncompleteException {
        GtidPosition before = GtidPosition.of(sides.primary());
        List<RowDigest> onPrimary = sides.lookup(sides.primary(), keys, "", deadline);
        GtidPosition after = GtidPosition.of(sides.primary());
        sides.replica().awaitPosition(after);
        List<RowDigest> onReplica = sides.lookup(sides.replica(), keys, "", deadline);
        List<Key> differing = new ArrayList<>();
        for (int i = 0; i < keys.size(); i++) {
            if (kind(onPrimary.get(i), onReplica.get(i)) != null) {
                differing.add(keys.get(i));
            }
        }
        if (!differing.isEmpty() && GtidPosition.of(sides.primary()).isStillAt(before)) {
            record(onPrimary, onReplica);
            return List.of();
        }
        return differing;
    }

    /** Does the same while the keys are locked on the primary; false if that did not work out within the lock time. */
    private boolean settledLocked(List<Key> keys) throws SQLException, IncompleteException {
        try (LockedRows locked = LockedRows.lock(sides, keys, deadline)) {
            Deadline release = deadline.orIn(lockTime);
            if (!sides.replica().reached(GtidPosition.of(sides.primary()), release)) {
                return false;
            }
            record(locked.rows(), sides.lookup(sides.replica(), keys, "", release));
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

    private void record(List<RowDigest> onPrimary, List<RowDigest> onReplica) {
        for (int i = 0; i < onPrimary.size(); i++) {
            RowDigest mine = onPrimary.get(i);
            RowDigest theirs = onReplica.get(i);
            Kind kind = kind(mine, theirs);
            if (kind != null) {
                Key key = mine == null ? theirs.key() : mine.key();
                if (recorded.add(key)) {
                    findings.difference(kind, sides.sql().display(key), 1);
                }
            }
        }
    }

    /** Null if they are equal. */
    private static Kind kind(RowDigest onPrimary, RowDigest onReplica) {
        if (onPrimary == null) {
            return onReplica == null ? null : Kind.EXTRA;
        }
        if (onReplica == null) {
            return Kind.MISSING;
        }
        return onPrimary.digest().equals(onReplica.digest()) ? null : Kind.DIFFERING;
    }
}
