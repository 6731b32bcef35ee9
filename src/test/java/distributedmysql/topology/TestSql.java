package distributedmysql.topology;

import distributedmysql.mysql.Node;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** Single statements on a node, as its admin, for tests. */
public final class TestSql {
    private TestSql() {}

    public static void execute(Node node, String... statements) throws SQLException {
        try (Connection connection = node.connect();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    /** The first column of the first row. */
    public static String query(Node node, String sql) throws SQLException {
        try (Connection connection = node.connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }
}
