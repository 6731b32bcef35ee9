package distributedmysql.monitor.table;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** A primary and one of its replicas, each with a session, and the statements that read one table on both. */
record Sides(Session primary, Session replica, TableSql sql) {

    static List<RowDigest> page(Session side, TableSql sql, KeyRange range, int limit)
            throws SQLException, IncompleteException {
        return side.select(sql.page(range, limit), row -> RowDigest.read(row, 1, sql.keySize()));
    }

    /** The rows that a side holds under the keys, in the order of the keys; null where it holds none. */
    List<RowDigest> lookup(Session side, List<Key> keys, String locking, Deadline until)
            throws SQLException, IncompleteException {
        List<RowDigest> found = new ArrayList<>(Collections.nCopies(keys.size(), null));
        side.select(
                sql.lookup(keys, locking),
                until,
                row -> found.set(row.getInt(1), RowDigest.read(row, 2, sql.keySize())));
        return found;
    }
}
