package distributedmysql.topology.external;

import distributedmysql.mysql.Node;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** All that a run could change on servers: transactions, tables with their checksums, accounts and global variables. */
public record ServerState(List<String> lines) {
    /** They change by themselves. */
    private static final String CHANGING = "'timestamp', 'rand_seed1', 'rand_seed2', 'pseudo_thread_id',"
            + " 'gtid_executed', 'gtid_purged', 'gtid_next', 'proxy_user', 'external_user', 'last_insert_id', 'identity'";

    public static ServerState of(List<Node> nodes) throws SQLException {
        List<String> lines = new ArrayList<>();
        for (Node node : nodes) {
            try (Connection connection = node.connect();
                    Statement statement = connection.createStatement()) {
                add(lines, node, statement, "SELECT @@global.gtid_executed");
                add(lines, node, statement, "SELECT SCHEMA_NAME FROM information_schema.SCHEMATA ORDER BY 1");
                List<String> tables = column(
                        statement,
                        "SELECT CONCAT('`', TABLE_SCHEMA, '`.`', TABLE_NAME, '`') FROM information_schema.TABLES"
                                + " WHERE TABLE_TYPE = 'BASE TABLE' AND (TABLE_SCHEMA NOT IN ('mysql', 'sys',"
                                + " 'performance_schema', 'information_schema') OR (TABLE_SCHEMA = 'mysql'"
                                + " AND TABLE_NAME IN ('user', 'db', 'tables_priv', 'global_grants')))"
                                + " ORDER BY TABLE_SCHEMA, TABLE_NAME");
                for (String table : tables) {
                    add(lines, node, statement, "CHECKSUM TABLE " + table);
                }
                add(
                        lines,
                        node,
                        statement,
                        "SELECT CONCAT(VARIABLE_NAME, '=', VARIABLE_VALUE) FROM performance_schema.global_variables"
                                + " WHERE VARIABLE_NAME NOT IN (" + CHANGING + ") ORDER BY 1");
            }
        }
        return new ServerState(lines);
    }

    private static void add(List<String> lines, Node node, Statement statement, String query) throws SQLException {
        try (ResultSet rows = statement.executeQuery(query)) {
            int last = rows.getMetaData().getColumnCount();
            while (rows.next()) {
                lines.add(node.name() + ": " + rows.getString(1) + (last > 1 ? " " + rows.getString(last) : ""));
            }
        }
    }

    private static List<String> column(Statement statement, String query) throws SQLException {
        List<String> values = new ArrayList<>();
        try (ResultSet rows = statement.executeQuery(query)) {
            while (rows.next()) {
                values.add(rows.getString(1));
            }
        }
        return values;
    }
}
