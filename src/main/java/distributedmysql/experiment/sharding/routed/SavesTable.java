package distributedmysql.experiment.sharding.routed;

import distributedmysql.load.data.MarkedDatabase;
import distributedmysql.mysql.Mysql;
import distributedmysql.mysql.Node;
import java.util.BitSet;
import java.util.Map;
import java.util.StringJoiner;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * The players' saves, in the framework's own database. Thread-safe.
 *
 * @param name with its database, as a statement writes it
 */
record SavesTable(String name, String database) {
    private static final int ROWS_PER_INSERT = 1_000;
    private static final String STATE = "{\"level\": 1, \"position\": [0, 0, 0]}";

    static SavesTable of(String database, String table) {
        String quoted = MarkedDatabase.quoted(database);
        return new SavesTable(quoted + "." + table, quoted);
    }

    /** Makes it anew, with these players, none of whom has saved yet. */
    void create(Node primary, BitSet players) {
        Mysql.run(primary, "make " + name, session -> {
            session.execute("USE " + database);
            session.execute("DROP TABLE IF EXISTS " + name);
            session.execute("CREATE TABLE " + name + " (player_id INT NOT NULL PRIMARY KEY, saves INT NOT NULL,"
                    + " state VARCHAR(200) NOT NULL) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4");
            int[] ids = players.stream().toArray();
            for (int from = 0; from < ids.length; from += ROWS_PER_INSERT) {
                StringJoiner rows = new StringJoiner(", ");
                IntStream.range(from, Math.min(ids.length, from + ROWS_PER_INSERT))
                        .forEach(i -> rows.add("(" + ids[i] + ", 0, '" + STATE + "')"));
                session.execute("INSERT INTO " + name + " (player_id, saves, state) VALUES " + rows);
            }
        });
    }

    /** With placeholders for the state and the player. */
    String save() {
        return "UPDATE " + name + " SET saves = saves + 1, state = ? WHERE player_id = ?";
    }

    /** With a placeholder for the player. */
    String load() {
        return "SELECT saves, state FROM " + name + " WHERE player_id = ?";
    }

    /** The saves of every player who is there. @throws distributedmysql.mysql.TopologyException if the node cannot be asked */
    Map<Integer, Integer> read(Node node) {
        return Mysql.ask(node, "read " + name, session -> {
            session.requireItself(node);
            return session.stream("SELECT player_id, saves FROM " + name, rows -> {
                Map<Integer, Integer> saves = new TreeMap<>();
                while (rows.next()) {
                    saves.put(rows.getInt(1), rows.getInt(2));
                }
                return saves;
            });
        });
    }
}
