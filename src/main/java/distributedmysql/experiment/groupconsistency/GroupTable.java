package distributedmysql.experiment.groupconsistency;

import distributedmysql.mysql.Mysql;
import distributedmysql.mysql.Node;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * The table of rows that are written once, each with a number of its own. Thread-safe; the connections are the caller's.
 *
 * @param database as a statement writes it, quoted where needed
 */
record GroupTable(String database) {
    static final String TABLE = "group_rows";

    String name() {
        return database + "." + TABLE;
    }

    /** Drops the table if there is one, and makes it. */
    void create(Node primary) {
        Mysql.run(primary, "make " + name(), session -> {
            session.execute("USE " + database);
            session.execute("DROP TABLE IF EXISTS " + name());
            session.execute("CREATE TABLE " + name() + " (row_id BIGINT NOT NULL PRIMARY KEY) ENGINE=InnoDB");
        });
    }

    void insert(Connection connection, long id) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("INSERT INTO " + name() + " (row_id) VALUES (?)")) {
            statement.setLong(1, id);
            statement.executeUpdate();
        }
    }

    boolean has(Connection connection, long id) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("SELECT row_id FROM " + name() + " WHERE row_id = ?")) {
            statement.setLong(1, id);
            try (ResultSet row = statement.executeQuery()) {
                return row.next();
            }
        }
    }
}
