package distributedmysql.ledger;

import distributedmysql.mysql.Mysql;
import distributedmysql.mysql.Node;
import java.util.BitSet;

/**
 * The table of uniquely numbered writes, in the framework's own database. Each row says which server took it first: the
 * binary log carries the row, not the statement. Thread-safe.
 *
 * @param database as a statement writes it, quoted where needed
 */
public record LedgerTable(String database) {
    private static final String TABLE = "ledger";

    public String name() {
        return database + "." + TABLE;
    }

    /** Drops the table if there is one, and makes it; with its default database, by which filters judge. */
    public void create(Node primary) {
        Mysql.run(primary, "make " + name(), session -> {
            session.execute("USE " + database);
            session.execute("DROP TABLE IF EXISTS " + name());
            session.execute("CREATE TABLE " + name()
                    + " (write_id BIGINT NOT NULL PRIMARY KEY, node_uuid CHAR(36) NOT NULL,"
                    + " written_at DATETIME(6) NOT NULL) ENGINE=InnoDB");
        });
    }

    /** With a placeholder for the id; the server fills in its own {@code server_uuid} and time. */
    public String insert() {
        return "INSERT INTO " + name() + " (write_id, node_uuid, written_at)"
                + " VALUES (?, @@global.server_uuid, UTC_TIMESTAMP(6))";
    }

    /** With placeholders for an id and a number: so many ids at most from there on, ascending. */
    public String readFrom() {
        return "SELECT write_id FROM " + name() + " WHERE write_id >= ? ORDER BY write_id LIMIT ?";
    }

    /** Every id on the node. @throws TopologyException if the node cannot be asked, or its address leads elsewhere */
    public BitSet ids(Node node) {
        return ids(node, name());
    }

    /**
     * The same of another table that numbers its writes by {@code write_id}.
     *
     * @param table with its database, as a statement writes it
     */
    public static BitSet ids(Node node, String table) {
        return Mysql.ask(node, "read " + table, session -> {
            session.requireItself(node);
            return session.stream("SELECT write_id FROM " + table, rows -> {
                BitSet ids = new BitSet();
                while (rows.next()) {
                    ids.set(rows.getInt(1));
                }
                return ids;
            });
        });
    }
}
