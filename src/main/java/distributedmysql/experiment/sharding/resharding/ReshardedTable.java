package distributedmysql.experiment.sharding.resharding;

import distributedmysql.ledger.LedgerTable;
import distributedmysql.mysql.Mysql;
import distributedmysql.mysql.Node;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.BitSet;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The ledger whose rows move: each has its number, which is its key, and the version of the map by which it was routed. Thread-safe.
 *
 * @param database as a statement writes it, quoted where needed
 */
record ReshardedTable(String database) {
    static final String TABLE = "resharded_ledger";
    private static final String COLUMNS = "write_id, node_uuid, written_at, map_version";
    private static final int BATCH = 1_000;

    /** A row as it is copied. */
    record Row(long id, String node, String writtenAt, int version) {
        static Row of(ResultSet rows) throws SQLException {
            return new Row(rows.getLong(1), rows.getString(2), rows.getString(3), rows.getInt(4));
        }

        private String sql() {
            return "(" + id + ", '" + node + "', '" + writtenAt + "', " + version + ")";
        }
    }

    String name() {
        return database + "." + TABLE;
    }

    /** Drops the table if there is one, with its triggers, and makes it. */
    void create(Mysql session) throws SQLException {
        session.execute("DROP TABLE IF EXISTS " + name());
        session.execute(
                "CREATE TABLE " + name() + " (write_id BIGINT NOT NULL PRIMARY KEY, node_uuid CHAR(36) NOT NULL,"
                        + " written_at DATETIME(6) NOT NULL, map_version INT NOT NULL) ENGINE=InnoDB");
    }

    /** Rows that are there before anything begins. */
    void preload(Mysql session, List<Long> ids, int version) throws SQLException {
        for (int from = 0; from < ids.size(); from += BATCH) {
            session.execute("INSERT INTO " + name() + " (" + COLUMNS + ") VALUES "
                    + ids.subList(from, Math.min(ids.size(), from + BATCH)).stream()
                            .map(id -> "(" + id + ", @@global.server_uuid, UTC_TIMESTAMP(6), " + version + ")")
                            .collect(Collectors.joining(", ")));
        }
    }

    /** @param version of the map by which it is sent here */
    void insert(Connection connection, long id, int version) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(
                "INSERT INTO " + name() + " (" + COLUMNS + ") VALUES (?, @@global.server_uuid, UTC_TIMESTAMP(6), ?)")) {
            statement.setLong(1, id);
            statement.setInt(2, version);
            statement.executeUpdate();
        }
    }

    /** In the order of the keys: at most so many, from the next one on. */
    List<Row> after(Mysql session, long id, int most) throws SQLException {
        return session.rows(
                "SELECT " + COLUMNS + " FROM " + name() + " WHERE write_id > ? ORDER BY write_id LIMIT " + most,
                Row::of,
                id);
    }

    /** Those of these that there are. */
    List<Row> of(Mysql session, List<Long> ids) throws SQLException {
        return session.rows(
                "SELECT " + COLUMNS + " FROM " + name() + " WHERE write_id IN (" + list(ids) + ")", Row::of);
    }

    /** Puts them there, in place of what is there of these keys. */
    void put(Mysql session, List<Row> rows) throws SQLException {
        session.execute("REPLACE INTO " + name() + " (" + COLUMNS + ") VALUES "
                + rows.stream().map(Row::sql).collect(Collectors.joining(", ")));
    }

    void delete(Mysql session, List<Long> ids) throws SQLException {
        session.execute("DELETE FROM " + name() + " WHERE write_id IN (" + list(ids) + ")");
    }

    static String list(List<Long> ids) {
        return ids.stream().map(id -> Long.toString(id)).collect(Collectors.joining(", "));
    }

    /** Every number on the node. @throws distributedmysql.mysql.TopologyException if it cannot be asked */
    BitSet ids(Node node) {
        return LedgerTable.ids(node, name());
    }
}
