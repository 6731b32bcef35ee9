package distributedmysql.monitor.table;

import java.sql.SQLException;
import java.util.List;

/**
 * Keys on the primary whose rows cannot change, appear or vanish until this is closed: share locks on the rows, gap
 * locks where there is none. They hold up writes to these keys, and inserts into the gaps, and nothing else.
 *
 * <p>It cannot take part in a deadlock: several keys are locked with NOWAIT, and one that is waited for is alone. Needs
 * no privilege but SELECT (from 8.0.22: https://dev.mysql.com/doc/refman/8.0/en/innodb-locking-reads.html).
 *
 * @param rows as {@link TablePair#lookup} gives them
 */
record LockedRows(Session primary, List<RowDigest> rows) implements AutoCloseable {
    static LockedRows lock(TablePair sides, List<Key> keys, TableDeadline deadline)
            throws SQLException, IncompleteException {
        Session primary = sides.primary();
        primary.execute("START TRANSACTION READ ONLY");
        try {
            String locking = keys.size() == 1 ? " FOR SHARE" : " FOR SHARE NOWAIT";
            return new LockedRows(primary, sides.lookup(primary, keys, locking, deadline));
        } catch (SQLException | IncompleteException | RuntimeException e) {
            primary.end("ROLLBACK");
            throw e;
        }
    }

    @Override
    public void close() throws SQLException {
        primary.end("ROLLBACK");
    }
}
