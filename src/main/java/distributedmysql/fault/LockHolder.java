package distributedmysql.fault;

import distributedmysql.config.Plural;
import distributedmysql.topology.Node;
import distributedmysql.topology.TopologyException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;

/**
 * A transaction that locks every row of a table, and the gaps between them, and stays open: others can read, and wait
 * with every write. It also keeps the server from purging old row versions.
 */
public final class LockHolder implements Fault {
    private final Node node;
    private final String table;
    private Connection connection;

    /** @param table with its database, as a statement writes it; nothing is written to it */
    public LockHolder(Node node, String table) {
        this.node = node;
        this.table = table;
    }

    @Override
    public String name() {
        return "lock holder";
    }

    @Override
    public Node node() {
        return node;
    }

    @Override
    public Optional<String> impossible() {
        return OwnServer.impossible(node);
    }

    @Override
    public String inject() {
        OwnServer.require(node);
        String sql = "SELECT COUNT(*) FROM " + table + " FOR UPDATE";
        try {
            connection = node.connect();
            connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            connection.setAutoCommit(false);
            try (Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery(sql)) {
                row.next();
                return sql + " in an open transaction: " + Plural.of(row.getLong(1), "row");
            }
        } catch (SQLException e) {
            throw new TopologyException(node + ": cannot lock " + table + ": " + TopologyException.reason(e));
        }
    }

    @Override
    public void heal() {
        if (connection == null) {
            return;
        }
        try (Connection closing = connection) {
            closing.rollback();
        } catch (SQLException e) {
            // The server has ended it, and with it the transaction.
            connection = null;
        }
        connection = null;
    }
}
