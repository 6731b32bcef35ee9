package distributedmysql.experiment.writeconflicts;

import distributedmysql.mysql.Mysql;
import distributedmysql.mysql.Node;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The counters. Thread-safe; the connections are the caller's.
 *
 * @param database as a statement writes it, quoted where needed
 */
record CounterTable(String database) {
    static final String TABLE = "conflict_counters";
    private static final int BATCH = 1_000;

    String name() {
        return database + "." + TABLE;
    }

    /** Drops the table if there is one, and makes it, with all counters of all turns at 0. */
    void create(Node primary, List<Integer> turns) {
        Mysql.run(primary, "make " + name(), session -> {
            session.execute("USE " + database);
            session.execute("DROP TABLE IF EXISTS " + name());
            session.execute("CREATE TABLE " + name() + " (of_keys INT NOT NULL, counter_id INT NOT NULL,"
                    + " value BIGINT NOT NULL, PRIMARY KEY (of_keys, counter_id)) ENGINE=InnoDB");
            for (int keys : turns) {
                for (int from = 0; from < keys; from += BATCH) {
                    session.execute("INSERT INTO " + name() + " (of_keys, counter_id, value) VALUES "
                            + IntStream.range(from, Math.min(keys, from + BATCH))
                                    .mapToObj(id -> "(" + keys + ", " + id + ", 0)")
                                    .collect(Collectors.joining(", ")));
                }
            }
        });
    }

    void increment(Connection connection, Counter counter) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(
                "UPDATE " + name() + " SET value = value + 1 WHERE of_keys = ? AND counter_id = ?")) {
            statement.setInt(1, counter.keys());
            statement.setInt(2, counter.id());
            statement.executeUpdate();
        }
    }

    /** As they are on this server. */
    Map<Counter, Long> read(Node node) {
        Map<Counter, Long> values = new TreeMap<>();
        Mysql.run(
                node,
                "read " + name(),
                session -> session.read("SELECT of_keys, counter_id, value FROM " + name(), rows -> {
                    while (rows.next()) {
                        values.put(new Counter(rows.getInt(1), rows.getInt(2)), rows.getLong(3));
                    }
                    return null;
                }));
        return values;
    }
}
