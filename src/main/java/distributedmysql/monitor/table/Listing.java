package distributedmysql.monitor.table;

import distributedmysql.mysql.Node;
import distributedmysql.mysql.TopologyException;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/**
 * The tables of a database that one server shows.
 *
 * @param foldsCase whether the server takes names that differ only in case for one: lower_case_table_names is not 0
 * @param reached whether the server could be asked
 * @param problem why there may be more tables than these
 */
record Listing(Node node, List<String> tables, boolean foldsCase, boolean reached, Optional<String> problem) {
    /** ER_TABLEACCESS_DENIED_ERROR. */
    private static final int NOT_ALLOWED = 1142;

    static Listing of(Node node, String database, TableDeadline deadline) {
        try (Session session = Session.open(node, deadline)) {
            List<String> tables = TableDefinition.tables(session, database);
            boolean foldsCase = session.one("SELECT @@lower_case_table_names <> 0", row -> row.getBoolean(1));
            return new Listing(node, tables, foldsCase, true, hidden(session, database, tables));
        } catch (SQLException e) {
            return unreached(node, node + ": " + TopologyException.reason(e));
        } catch (IncompleteException e) {
            return unreached(node, e.getMessage());
        }
    }

    private static Listing unreached(Node node, String why) {
        return new Listing(node, List.of(), false, false, Optional.of(why));
    }

    /**
     * Only a user who may read the whole database is told that a table is not there; one who may read some of its tables does not see
     * the others (https://dev.mysql.com/doc/refman/8.0/en/information-schema-introduction.html).
     */
    private static Optional<String> hidden(Session session, String database, List<String> tables)
            throws SQLException, IncompleteException {
        if (tables.isEmpty() && !TableDefinition.databaseExists(session, database)) {
            return Optional.of("there is no such database on " + session.node() + ", or the user may not see it");
        }
        String absent = "no_such_table";
        while (tables.contains(absent)) {
            absent += "_";
        }
        try {
            session.select("SELECT 1 FROM " + TableSql.tableName(database, absent), row -> row);
            return Optional.empty();
        } catch (SQLException e) {
            return e.getErrorCode() == NOT_ALLOWED
                    ? Optional.of("the user has no SELECT on the whole database on " + session.node()
                            + ", so that tables or columns may be hidden from it; grant it: "
                            + TopologyException.reason(e))
                    : Optional.empty();
        }
    }

    /** Whether one of these is the other server's table, which may fold case. */
    boolean shows(String table, boolean foldingCase) {
        return tables.stream().anyMatch(each -> foldingCase ? each.equalsIgnoreCase(table) : each.equals(table));
    }
}
