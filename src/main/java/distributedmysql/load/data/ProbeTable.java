package distributedmysql.load.data;

import com.mysql.cj.jdbc.JdbcConnection;
import com.mysql.cj.protocol.ServerSessionStateController;
import distributedmysql.load.data.Table.Column;
import distributedmysql.mysql.Mysql;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * The table of the probes: versioned registers. A row's payload follows from its key and version, and the
 * row carries an MD5 of all three. Thread-safe; the connections are the caller's.
 */
public final class ProbeTable {
    public static final Table PROBES = new Table(
            "probes",
            List.of(
                    new Column("probe_key", "BIGINT NOT NULL"),
                    new Column("version", "BIGINT NOT NULL"),
                    new Column("payload", "VARCHAR(100) NOT NULL")),
            List.of());

    private final String insert;
    private final String update;
    private final String select;
    private final String selectAll;

    /**
     * What a row showed.
     *
     * @param intact whether the MD5 is that of the content
     */
    public record Found(long key, long version, boolean intact) {}

    /** Takes the rows of {@link #readAll}. */
    @FunctionalInterface
    public interface Visitor {
        void row(Found found);
    }

    /**
     * @param database {@code data.database}
     */
    public ProbeTable(String database) {
        String quoted = MarkedDatabase.quoted(database);
        String table = quoted + "." + PROBES.name();
        this.insert = PROBES.insertStatement(quoted);
        this.update = "UPDATE " + table + " SET version = ?, payload = ?, " + Table.MD5 + " = ? WHERE probe_key = ?";
        this.selectAll = "SELECT " + PROBES.columnList() + " FROM " + table;
        this.select = selectAll + " WHERE probe_key = ?";
    }

    /** Writes version 1 of a key. */
    public void insert(Connection connection, long key) throws SQLException {
        Row row = row(key, 1);
        try (PreparedStatement statement = connection.prepareStatement(insert)) {
            statement.setLong(1, key);
            statement.setLong(2, 1);
            statement.setString(3, (String) row.content().get(2));
            statement.setString(4, row.md5());
            statement.executeUpdate();
        }
    }

    /**
     * Writes a later version of a key.
     *
     * @throws SQLException also if there is no such row: SQLState 02000 (no data)
     */
    public void update(Connection connection, long key, long version) throws SQLException {
        Row row = row(key, version);
        try (PreparedStatement statement = connection.prepareStatement(update)) {
            statement.setLong(1, version);
            statement.setString(2, (String) row.content().get(2));
            statement.setString(3, row.md5());
            statement.setLong(4, key);
            if (statement.executeUpdate() != 1) {
                throw new SQLException("no row to update", "02000");
            }
        }
    }

    /** The row of a key; empty if there is none. */
    public Optional<Found> read(Connection connection, long key) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(select)) {
            statement.setLong(1, key);
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? Optional.of(found(row)) : Optional.empty();
            }
        }
    }

    /** All rows by rising key, one by one: not all of them are held in memory. */
    public void readAll(Mysql session, Visitor visitor) throws SQLException {
        session.stream(selectAll + " ORDER BY " + PROBES.primaryKey(), rows -> {
            while (rows.next()) {
                visitor.row(found(rows));
            }
            return null;
        });
    }

    /**
     * The GTID of the transaction that this connection has just committed, as the server's acknowledgement told it
     * (MySQL manual, "Server Tracking of Client Session State": {@code session_track_gtids}).
     */
    public static Optional<String> lastGtid(Connection connection) throws SQLException {
        return connection
                .unwrap(JdbcConnection.class)
                .getServerSessionStateController()
                .getSessionStateChanges()
                .getSessionStateChangesList()
                .stream()
                .filter(change -> change.getType() == ServerSessionStateController.SESSION_TRACK_GTIDS)
                .map(change -> change.getValues().get(0))
                .findFirst();
    }

    /**
     * Waits on a replica until it has executed a transaction.
     *
     * @return false if the timeout passed before
     */
    public static boolean awaitGtid(Connection replica, String gtid, Duration timeout) throws SQLException {
        String query = "SELECT WAIT_FOR_EXECUTED_GTID_SET(?, ?)";
        try (PreparedStatement statement = replica.prepareStatement(query)) {
            statement.setString(1, gtid);
            statement.setDouble(2, timeout.toMillis() / 1e3);
            try (ResultSet result = statement.executeQuery()) {
                result.next();
                return result.getInt(1) == 0;
            }
        }
    }

    private static Found found(ResultSet result) throws SQLException {
        Row row = Row.read(PROBES, result);
        return new Found((Long) row.content().get(0), (Long) row.content().get(1), row.isIntact());
    }

    private static Row row(long key, long version) {
        SplittableRandom random = new SplittableRandom(key * 1_000_003 + version);
        StringBuilder payload = new StringBuilder();
        for (int i = 0; i < 5; i++) {
            payload.append(Long.toHexString(random.nextLong()));
        }
        return Row.of(key, version, payload.toString());
    }
}
