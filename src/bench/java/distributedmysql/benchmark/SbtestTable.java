package distributedmysql.benchmark;

import distributedmysql.load.data.MarkedDatabase;
import distributedmysql.mysql.Node;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

/** sysbench's table, as {@code oltp_common.lua} of version 1.0.20 makes and fills it. */
final class SbtestTable {
    private static final int BATCH = 1000;

    private final Target target;
    private final int rows;

    SbtestTable(Target target, int rows) {
        this.target = target;
        this.rows = rows;
    }

    /** Makes and fills it anew, in a database of ours. */
    void recreate() {
        Node node = target.node();
        new MarkedDatabase(target.replicaSet(), target.database()).prepare();
        // Makes one multi-row INSERT of a batch.
        try (Connection connection = node.connect(Map.of("rewriteBatchedStatements", "true"))) {
            connection.setCatalog(target.database());
            try (Statement statement = connection.createStatement()) {
                statement.execute("DROP TABLE IF EXISTS sbtest1");
                statement.execute("CREATE TABLE sbtest1 (id INTEGER NOT NULL AUTO_INCREMENT,"
                        + " k INTEGER DEFAULT '0' NOT NULL, c CHAR(120) DEFAULT '' NOT NULL,"
                        + " pad CHAR(60) DEFAULT '' NOT NULL, PRIMARY KEY (id)) ENGINE=InnoDB");
                fill(connection);
                statement.execute("CREATE INDEX k_1 ON sbtest1 (k)");
                statement.execute("ANALYZE TABLE sbtest1");
            }
        } catch (SQLException e) {
            throw new BenchmarkException(node + ": cannot make the table sbtest1", e);
        }
    }

    private void fill(Connection connection) throws SQLException {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        try (PreparedStatement insert =
                connection.prepareStatement("INSERT INTO sbtest1 (k, c, pad) VALUES (?, ?, ?)")) {
            for (int row = 1; row <= rows; row++) {
                insert.setInt(1, random.nextInt(rows) + 1);
                insert.setString(2, SbtestRow.groups(10));
                insert.setString(3, SbtestRow.groups(5));
                insert.addBatch();
                if (row % BATCH == 0 || row == rows) {
                    insert.executeBatch();
                }
            }
        }
    }
}
