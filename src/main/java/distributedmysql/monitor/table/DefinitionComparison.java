package distributedmysql.monitor.table;

import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;

/**
 * Settles whether a table is defined alike on the primary and a replica, at one GTID position and without doubt, whatever
 * DDL runs meanwhile: see the package's description. Not thread-safe.
 */
final class DefinitionComparison {
    private static final int UNLOCKED_ROUNDS = 3;

    private final Session primary;
    private final Session replica;
    private final String database;
    private final String table;
    private final TableDeadline deadline;
    private final Duration lockTime;

    /**
     * @param exact whether both are of one position for certain
     */
    record Both(Optional<TableDefinition> onPrimary, Optional<TableDefinition> onReplica, boolean exact) {
        /** How they differ, for people. */
        Optional<String> difference(String replica) {
            if (onPrimary.isPresent() != onReplica.isPresent()) {
                return Optional.of(
                        onPrimary.isPresent()
                                ? "the table is on the primary, not on " + replica
                                : "the table is on " + replica + ", not on the primary");
            }
            return onPrimary.flatMap(mine -> mine.differenceTo(onReplica.orElseThrow(), replica));
        }
    }

    DefinitionComparison(
            Session primary,
            Session replica,
            String database,
            String table,
            TableDeadline deadline,
            Duration lockTime) {
        this.primary = primary;
        this.replica = replica;
        this.database = database;
        this.table = table;
        this.deadline = deadline;
        this.lockTime = lockTime;
    }

    /**
     * The definitions: alike, or different at one position.
     *
     * @throws IncompleteException if a difference could not be confirmed by the deadline
     */
    Both settle() throws SQLException, IncompleteException {
        String seen = "";
        for (int round = 1; !deadline.passed(); round++) {
            try {
                Both both = round <= UNLOCKED_ROUNDS ? unlocked() : locked();
                Optional<String> difference = both.difference(replica.node().name());
                if (difference.isEmpty() || both.exact()) {
                    return both;
                }
                seen = difference.get();
            } catch (SQLException e) {
                if (!Confirmation.LOCKED_BY_OTHERS.contains(e.getErrorCode())) {
                    throw e;
                }
                seen = e.getMessage();
            }
        }
        throw new IncompleteException("deadline passed before the definitions on primary and replica could be compared"
                + " at one position; last seen: " + seen);
    }

    private Both unlocked() throws SQLException, IncompleteException {
        GtidPosition before = GtidPosition.of(primary);
        Optional<TableDefinition> mine = TableDefinition.read(primary, database, table);
        replica.awaitPosition(GtidPosition.of(primary));
        Optional<TableDefinition> theirs = TableDefinition.read(replica, database, table);
        return new Both(mine, theirs, GtidPosition.of(primary).isStillAt(before));
    }

    private Both locked() throws SQLException, IncompleteException {
        // Nothing is locked while the replica is further behind than the lock could be held.
        if (!replica.reached(GtidPosition.of(primary), deadline.orIn(lockTime))) {
            return unlocked();
        }
        try (LockedTable mine = LockedTable.lock(primary, database, table)) {
            if (mine.definition().isPresent()) {
                boolean reached = replica.reached(GtidPosition.of(primary), deadline.orIn(lockTime));
                return new Both(mine.definition(), TableDefinition.read(replica, database, table), reached);
            }
        }
        return absentOnPrimary();
    }

    /**
     * What is not there cannot be locked, but on the replica it can. If the primary had dropped the table before it was
     * seen to be absent there, then the replica could not reach that position while its own table is locked.
     */
    private Both absentOnPrimary() throws SQLException, IncompleteException {
        try (LockedTable theirs = LockedTable.lock(replica, database, table)) {
            Optional<TableDefinition> mine = TableDefinition.read(primary, database, table);
            boolean reached = replica.reached(GtidPosition.of(primary), deadline.orIn(lockTime));
            return new Both(mine, theirs.definition(), reached && mine.isEmpty());
        }
    }
}
