package distributedmysql.monitor.table;

import java.sql.SQLException;
import java.util.Optional;
import java.util.Set;

/**
 * A table on one server whose definition cannot change, and which cannot vanish, until this is closed: the metadata lock
 * of an open transaction that has read it. It holds up DDL on this table, and what waits behind that, and nothing else.
 *
 * <p>Needs SELECT on all columns (not on those that are INVISIBLE), because information_schema leaves out what the user
 * may not see (https://dev.mysql.com/doc/refman/8.0/en/metadata-locking.html).
 *
 * @param definition empty if there is no such table; then nothing is locked
 */
record LockedTable(Session session, Optional<TableDefinition> definition) implements AutoCloseable {
    // ER_BAD_DB_ERROR, ER_NO_SUCH_TABLE
    private static final Set<Integer> ABSENT = Set.of(1049, 1146);

    static LockedTable lock(Session session, String database, String table) throws SQLException, IncompleteException {
        session.execute("START TRANSACTION READ ONLY");
        try {
            session.select("SELECT * FROM " + TableSql.tableName(database, table) + " LIMIT 0", row -> row);
            return new LockedTable(session, TableDefinition.ofLocked(session, database, table));
        } catch (SQLException e) {
            session.end("ROLLBACK");
            if (ABSENT.contains(e.getErrorCode())) {
                return new LockedTable(session, Optional.empty());
            }
            throw e;
        } catch (IncompleteException | RuntimeException e) {
            session.end("ROLLBACK");
            throw e;
        }
    }

    @Override
    public void close() throws SQLException {
        session.end("ROLLBACK");
    }
}
