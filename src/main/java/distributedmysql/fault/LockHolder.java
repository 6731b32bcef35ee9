package distributedmysql.fault;

import distributedmysql.config.Plural;
import distributedmysql.mysql.Mysql;
import distributedmysql.mysql.Node;
import java.sql.SQLException;

/**
 * A transaction that locks every row of a table, and the gaps between them, and stays open: others can read, and wait
 * with every write. It also keeps the server from purging old row versions.
 */
public final class LockHolder extends ServerFault {
    private final String table;
    private Mysql session;

    /** @param table with its database, as a statement writes it; nothing is written to it */
    public LockHolder(Node node, String table) {
        super("lock holder", node);
        this.table = table;
    }

    @Override
    String harm() {
        String sql = "SELECT COUNT(*) FROM " + table + " FOR UPDATE";
        try {
            session = Mysql.open(node());
            session.execute("START TRANSACTION");
            return sql + " in an open transaction: " + Plural.of(session.number(sql), "row");
        } catch (SQLException e) {
            throw Mysql.failure(node(), "lock " + table, e);
        }
    }

    @Override
    void repair() {
        if (session == null) {
            return;
        }
        try (Mysql closing = session) {
            // Returns when the locks are gone; the server ends a session after its client has closed it.
            closing.execute("ROLLBACK");
        } catch (SQLException e) {
            // The server has ended it, and with it the transaction.
            session = null;
        }
        session = null;
    }
}
