package distributedmysql.monitor.table;

import java.sql.SQLException;

/**
 * A GTID set that holds every transaction that was visible to reads on the primary when it was taken.
 *
 * <p>{@code gtid_executed} alone does not (tried: after reading a row FOR SHARE under load on 8.0.33, it lacked the row's
 * last transaction in 4 of 2,500 cases): in the group commit, InnoDB makes a transaction visible, and lets go of its
 * locks, before its GTID is added there ({@code MYSQL_BIN_LOG::process_commit_stage_queue}, then
 * {@code Gtid_state::update_commit_group}). From before that until it is added, the GTID is in {@code gtid_owned}.
 *
 * @param executed {@code gtid_executed}, read after {@code gtid_owned}, so that a GTID cannot slip through between them
 * @param owned {@code gtid_owned}, as a GTID set
 */
record GtidPosition(String executed, String owned) {
    static GtidPosition of(Session primary) throws SQLException, IncompleteException {
        String owned = primary.one("SELECT @@GLOBAL.gtid_owned", row -> row.getString(1));
        String executed = primary.one("SELECT @@GLOBAL.gtid_executed", row -> row.getString(1));
        // uuid:gno#thread:gno#thread,uuid:…
        return new GtidPosition(compact(executed), compact(owned).replaceAll("#\\d+", ""));
    }

    private static String compact(String set) {
        return set.replaceAll("\\s+", "");
    }

    String set() {
        return owned.isEmpty() ? executed : executed.isEmpty() ? owned : executed + "," + owned;
    }

    /** True if no transaction with a GTID became visible on the primary from the taking of {@code earlier} to that of this. */
    boolean isStillAt(GtidPosition earlier) {
        return owned.isEmpty() && earlier.owned.isEmpty() && executed.equals(earlier.executed);
    }
}
