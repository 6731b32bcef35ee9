package distributedmysql.experiment.backup;

import distributedmysql.check.IdSet;
import distributedmysql.load.data.GameSchema;
import distributedmysql.load.data.ProbeTable;
import distributedmysql.mysql.Gtid;
import distributedmysql.mysql.Mysql;
import distributedmysql.mysql.Node;
import distributedmysql.mysql.TopologyException;
import distributedmysql.topology.ReplicaSet;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Somebody runs {@code DELETE} without {@code WHERE}, on a copy of the table players, and goes on writing to it; then it is brought back from
 * a server that was recovered to just before. Nobody else writes to the copy. Used by one thread at a time, {@link #figures} by any.
 */
final class Rehearsal {
    static final String TABLE = "players_deleted";

    /** Rows that are written after the DELETE; the first of them under the key of a deleted one. */
    private static final int AFTERWARDS = 11;

    private static final int BATCH = 500;
    private static final String KEY = GameSchema.PLAYERS.primaryKey();
    private static final String COLUMNS = GameSchema.PLAYERS.columnList();
    private static final Map<String, String> TOLD_GTIDS = Map.of("trackSessionState", "true");

    /** How many rows, and their content in a figure. */
    private record Digest(long rows, String content) {}

    private final ReplicaSet shard;
    private final String database;
    private final String table;
    private Digest before = new Digest(0, "");
    private volatile Rehearsed figures;

    /** @param database as a statement writes it */
    Rehearsal(ReplicaSet shard, String database) {
        this.shard = shard;
        this.database = database;
        this.table = database + "." + TABLE;
        this.figures = new Rehearsed(
                table, null, 0, null, null, IdSet.of(new BitSet()), IdSet.of(new BitSet()), null, null, null);
    }

    Rehearsed figures() {
        return figures;
    }

    /** Of the DELETE; empty if it did not come to it. */
    Optional<Gtid> deleted() {
        return Optional.ofNullable(figures.gtid()).map(Gtid::parse);
    }

    void failed(String why) {
        figures = with(null, null, figures.writtenAfterwards(), figures.conflicts(), null, null, why);
    }

    /** Makes the copy. */
    void create() {
        Mysql.run(shard.primary(), "make " + table, session -> {
            session.execute("USE " + database);
            session.execute("DROP TABLE IF EXISTS " + table);
            session.execute("CREATE TABLE " + table + " LIKE " + database + "." + GameSchema.PLAYERS.name());
            session.execute("INSERT INTO " + table + " SELECT * FROM " + database + "." + GameSchema.PLAYERS.name());
        });
    }

    /** Changes a part of the rows, so that no full backup from before has them as they are; deletes all; and goes on writing. */
    void delete() {
        Node primary = shard.primary();
        try (Connection connection = primary.connect(TOLD_GTIDS);
                Mysql session = Mysql.over(connection)) {
            session.execute("SET SESSION session_track_gtids = OWN_GTID");
            session.execute("UPDATE " + table + " SET gold = gold + 1 WHERE " + KEY + " % 10 = 0");
            before = digest(session, List.of());
            List<Long> first = session.rows(
                    "SELECT " + KEY + " FROM " + table + " ORDER BY " + KEY + " LIMIT 1", row -> row.getLong(1));
            session.execute("DELETE FROM " + table);
            String gtid = ProbeTable.lastGtid(connection)
                    .orElseThrow(() -> new TopologyException(primary + ": told no GTID of the DELETE"));
            figures = new Rehearsed(
                    table,
                    gtid,
                    before.rows,
                    null,
                    null,
                    figures.writtenAfterwards(),
                    figures.conflicts(),
                    null,
                    null,
                    null);
            for (int i = 0; i < AFTERWARDS && !first.isEmpty(); i++) {
                // Above all keys of the game, but for the first.
                session.execute(
                        "INSERT INTO " + table + " (" + COLUMNS
                                + ") VALUES (?, 'written afterwards', 1, 0, UTC_TIMESTAMP(6), '')",
                        i == 0 ? first.get(0) : 1_000_000_000L + i);
            }
        } catch (SQLException e) {
            throw Mysql.failure(primary, "delete from " + table, e);
        }
    }

    /**
     * Brings back what is missing, and leaves what was written afterwards.
     *
     * @param recovered to just before the DELETE
     */
    void bringBack(Node recovered) {
        Digest there = Mysql.ask(recovered, "read " + table, session -> digest(session, List.of()));
        BitSet afterwards = keys(shard.primary(), List.of());
        List<Integer> listed = afterwards.stream().boxed().toList();
        BitSet conflicts = listed.isEmpty() ? new BitSet() : keys(recovered, listed);
        long broughtBack = Mysql.ask(recovered, "read " + table, session -> copy(session, afterwards));
        Digest left = Mysql.ask(recovered, "read " + table, session -> digest(session, listed));
        Digest now = Mysql.ask(shard.primary(), "read " + table, session -> digest(session, listed));
        long rows = Mysql.ask(
                shard.primary(), "count " + table, session -> session.number("SELECT COUNT(*) FROM " + table));
        figures = with(
                there.rows,
                there.equals(before),
                IdSet.of(afterwards),
                IdSet.of(conflicts),
                broughtBack,
                left.equals(now) && rows == now.rows + listed.size(),
                null);
    }

    private Rehearsed with(
            Long recovered,
            Boolean same,
            IdSet afterwards,
            IdSet conflicts,
            Long broughtBack,
            Boolean complete,
            String problem) {
        return new Rehearsed(
                table,
                figures.gtid(),
                figures.rows(),
                recovered,
                same,
                afterwards,
                conflicts,
                broughtBack,
                complete,
                problem);
    }

    private long copy(Mysql recovered, BitSet afterwards) throws SQLException {
        String query = "SELECT " + COLUMNS + " FROM " + table + " ORDER BY " + KEY;
        return recovered.stream(query, rows -> {
            int columns = rows.getMetaData().getColumnCount();
            List<Object> values = new ArrayList<>();
            long copied = 0;
            while (rows.next()) {
                if (!afterwards.get(rows.getInt(1))) {
                    add(rows, columns, values);
                    copied++;
                }
                if (values.size() == BATCH * columns) {
                    insert(values, columns);
                }
            }
            insert(values, columns);
            return copied;
        });
    }

    private static void add(ResultSet row, int columns, List<Object> to) throws SQLException {
        for (int column = 1; column <= columns; column++) {
            to.add(row.getObject(column));
        }
    }

    private void insert(List<Object> values, int columns) {
        if (values.isEmpty()) {
            return;
        }
        String row = "(" + "?, ".repeat(columns - 1) + "?)";
        String rows = (row + ", ").repeat(values.size() / columns - 1) + row;
        Mysql.execute(shard.primary(), "INSERT INTO " + table + " (" + COLUMNS + ") VALUES " + rows, values.toArray());
        values.clear();
    }

    /** @param among all keys if it is empty */
    private BitSet keys(Node node, List<Integer> among) {
        String where = among.isEmpty() ? "" : " WHERE " + KEY + " IN (" + list(among) + ")";
        BitSet keys = new BitSet();
        Mysql.ask(
                        node,
                        "read " + table,
                        session -> session.rows("SELECT " + KEY + " FROM " + table + where, row -> row.getInt(1)))
                .forEach(keys::set);
        return keys;
    }

    /** Of the rows but these. */
    private Digest digest(Mysql session, List<Integer> but) throws SQLException {
        String where = but.isEmpty() ? "" : " WHERE " + KEY + " NOT IN (" + list(but) + ")";
        String content = "CAST(CONV(LEFT(SHA2(JSON_ARRAY(" + COLUMNS + "), 256), 15), 16, 10) AS UNSIGNED)";
        return session.rows(
                        "SELECT COUNT(*), COALESCE(SUM(" + content + "), 0) FROM " + table + where,
                        row -> new Digest(row.getLong(1), row.getString(2)))
                .get(0);
    }

    private static String list(List<Integer> keys) {
        return keys.stream().map(String::valueOf).collect(Collectors.joining(", "));
    }
}
