package distributedmysql.fault;

import distributedmysql.topology.Node;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.BitSet;

/**
 * The table of uniquely numbered writes, in the framework's own database. Each row says which server took it first: the
 * binary log carries the row, not the statement. Thread-safe.
 *
 * @param database as a statement writes it, quoted where needed
 */
public record LedgerTable(String database) {
    private static final String NAME = "failover_ledger";

    public String name() {
        return database + "." + NAME;
    }

    /** Drops the table if there is one, and makes it; with its default database, by which filters judge. */
    public void create(Node primary) {
        ServerSql.call(primary, "make " + name(), connection -> {
            try (Statement statement = connection.createStatement()) {
                statement.execute("USE " + database);
                statement.execute("DROP TABLE IF EXISTS " + name());
                return statement.execute("CREATE TABLE " + name()
                        + " (write_id BIGINT NOT NULL PRIMARY KEY, node_uuid CHAR(36) NOT NULL,"
                        + " written_at DATETIME(6) NOT NULL) ENGINE=InnoDB");
            }
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
        return ServerSql.call(node, "read " + name(), connection -> {
            BitSet ids = new BitSet();
            ServerSql.requireItself(node, connection);
            try (Statement statement = connection.createStatement()) {
                // Row by row: the driver would otherwise hold the whole result.
                statement.setFetchSize(Integer.MIN_VALUE);
                try (ResultSet rows = statement.executeQuery("SELECT write_id FROM " + name())) {
                    while (rows.next()) {
                        ids.set(rows.getInt(1));
                    }
                }
            }
            return ids;
        });
    }
}
