package distributedmysql.experiment.sharding.routed;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Map;
import java.util.TreeMap;

/** Somebody who sends statements to the shards that they are for. Thread-safe. */
interface Router {
    /** What becomes of a statement. */
    interface Use<T> {
        T of(PreparedStatement statement) throws SQLException;
    }

    /** On the primary of the player's shard; @return rows that were changed. */
    int write(int player, String text, Object... values) throws SQLException;

    /** On a replica of the player's shard. */
    <T> T read(int player, String text, Use<T> use) throws SQLException;

    /** On a replica of every shard: players with what is saved of them. */
    Map<Integer, String> search(String text, String part) throws SQLException;

    /** On a replica of every shard: the sum. */
    long count(String text) throws SQLException;

    /** Two columns. */
    static Map<Integer, String> states(PreparedStatement statement, String part) throws SQLException {
        statement.setString(1, part);
        try (var rows = statement.executeQuery()) {
            Map<Integer, String> states = new TreeMap<>();
            while (rows.next()) {
                states.put(rows.getInt(1), rows.getString(2));
            }
            return states;
        }
    }

    /** The only row's only column. */
    static long number(PreparedStatement statement) throws SQLException {
        try (var rows = statement.executeQuery()) {
            rows.next();
            return rows.getLong(1);
        }
    }

    static int update(PreparedStatement statement, Object... values) throws SQLException {
        for (int i = 0; i < values.length; i++) {
            statement.setObject(i + 1, values[i]);
        }
        return statement.executeUpdate();
    }
}
