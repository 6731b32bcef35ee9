package distributedmysql.monitor.table;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** A primary and one of its replicas, each with a session, and the statements that read one table on both. */
record TablePair(Session primary, Session replica, TableSql sql) {

    static List<RowDigest> page(Session side, TableSql sql, Key.Range range, int limit)
            throws SQLException, IncompleteException {
        return side.select(sql.page(range, limit), row -> RowDigest.read(row, 1, sql.keySize()));
    }

    /**
     * The rows that a side holds under the keys, in the order of the keys; null where it holds none. Rows that it cannot
     * read without hitting a limit are unreadable.
     */
    List<RowDigest> lookup(Session side, List<Key> keys, String locking, TableDeadline until)
            throws SQLException, IncompleteException {
        List<RowDigest> found = new ArrayList<>(Collections.nCopies(keys.size(), null));
        side.select(
                sql.lookup(keys, locking),
                until,
                row -> found.set(row.getInt(1), RowDigest.read(row, 2, sql.keySize())));
        if (side.limitHit().isEmpty()) {
            return found;
        }
        if (keys.size() == 1) {
            found.replaceAll(row -> row == null ? null : row.unreadable());
            return found;
        }
        List<RowDigest> oneByOne = new ArrayList<>(keys.size());
        for (Key key : keys) {
            oneByOne.addAll(lookup(side, List.of(key), locking, until));
        }
        return oneByOne;
    }

    /** Why a row cannot be read on one side or the other; for a key of which that was seen. */
    String whyUnreadable(Key key, TableDeadline until) throws SQLException, IncompleteException {
        for (Session side : List.of(primary, replica)) {
            lookup(side, List.of(key), "", until);
            if (side.limitHit().isPresent()) {
                return sql.display(key) + " on " + side.node() + ": "
                        + side.limitHit().get();
            }
        }
        return sql.display(key) + ", which was changed meanwhile";
    }
}
