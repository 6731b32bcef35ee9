package distributedmysql.experiment.sharding.resharding;

import distributedmysql.mysql.Mysql;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Notes the keys that change on a source, by triggers, each in the transaction that changes it. Thread-safe; the sessions are the caller's. */
record Capture(ReshardedTable table) {
    static final String TABLE = "resharding_changes";
    /** A long transaction must not make {@code CREATE TRIGGER} hold off all that come after it; it is tried again. */
    private static final int LOCK_WAIT_SECONDS = 2;

    private static final Map<String, String> ROWS = Map.of("INSERT", "NEW", "UPDATE", "NEW", "DELETE", "OLD");

    /** @param number of the note, which is all that tells it from others: it says nothing about the order of commits */
    record Note(long number, long id) {}

    String name() {
        return table.database() + "." + TABLE;
    }

    /** May be called again as long as nothing has been copied. */
    void start(Mysql session) throws SQLException {
        stop(session);
        session.execute("CREATE TABLE " + name()
                + " (number BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY, write_id BIGINT NOT NULL) ENGINE=InnoDB");
        for (Map.Entry<String, String> each : ROWS.entrySet()) {
            session.execute(
                    "CREATE TRIGGER " + trigger(each.getKey()) + " AFTER " + each.getKey() + " ON " + table.name()
                            + " FOR EACH ROW BEGIN IF " + Fence.MOVER + " IS NULL THEN INSERT INTO " + name()
                            + " (write_id) VALUES (" + each.getValue() + ".write_id); END IF; END");
        }
    }

    void stop(Mysql session) throws SQLException {
        session.execute("SET SESSION lock_wait_timeout = " + LOCK_WAIT_SECONDS);
        for (String event : ROWS.keySet()) {
            session.execute("DROP TRIGGER IF EXISTS " + trigger(event));
        }
        session.execute("DROP TABLE IF EXISTS " + name());
    }

    private String trigger(String event) {
        return table.name() + "_" + event.toLowerCase(Locale.ROOT) + "s";
    }

    /** Some of those that are committed, not more than asked for. */
    List<Note> read(Mysql session, int most) throws SQLException {
        return session.rows(
                "SELECT number, write_id FROM " + name() + " ORDER BY number LIMIT " + most,
                rows -> new Note(rows.getLong(1), rows.getLong(2)));
    }

    void forget(Mysql session, List<Note> notes) throws SQLException {
        session.execute("DELETE FROM " + name() + " WHERE number IN ("
                + ReshardedTable.list(notes.stream().map(Note::number).toList()) + ")");
    }
}
