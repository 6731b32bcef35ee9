package distributedmysql.experiment.sharding.resharding;

import distributedmysql.load.SqlFailure;
import distributedmysql.mysql.Mysql;
import java.sql.SQLException;

/**
 * What keeps writes by an old map from a shard: it knows the version of the map, in a table of one row, and a trigger compares that with
 * the version that each write carries. The argument is in the package's description. Thread-safe; the sessions are the caller's.
 */
record Fence(ReshardedTable table) {
    static final String TABLE = "resharding_map";

    /** Of class 45, that of a user's own conditions. */
    private static final String STALE = "45R01";

    /** Whoever has set this variable of a session moves rows, and routes nothing. */
    static final String MOVER = "@resharding";

    String name() {
        return table.database() + "." + TABLE;
    }

    /** Whether the write was refused because of an old map. */
    static boolean refused(SqlFailure failure) {
        return failure != null && failure.sqlState().equals(STALE);
    }

    /** On a shard whose table has just been made. */
    void create(Mysql session, int version) throws SQLException {
        session.execute("DROP TABLE IF EXISTS " + name());
        session.execute(
                "CREATE TABLE " + name() + " (id TINYINT NOT NULL PRIMARY KEY, version INT NOT NULL) ENGINE=InnoDB");
        session.execute("INSERT INTO " + name() + " VALUES (1, " + version + ")");
        session.execute("CREATE TRIGGER " + table.name() + "_fence BEFORE INSERT ON " + table.name()
                + " FOR EACH ROW BEGIN DECLARE present INT; DECLARE told VARCHAR(128);"
                + " IF " + MOVER + " IS NULL THEN"
                + " SELECT version INTO present FROM " + name() + " WHERE id = 1 LOCK IN SHARE MODE;"
                + " IF NEW.map_version < present THEN"
                + " SET told = CONCAT('stale shard map: routed by version ', NEW.map_version,"
                + " ', and this shard has version ', present);"
                + " SIGNAL SQLSTATE '" + STALE + "' SET MESSAGE_TEXT = told;"
                + " END IF; END IF; END");
    }

    /** When it returns, no write by an older map can be committed any more, and those that could have ended. */
    void raise(Mysql session, int version) throws SQLException {
        session.execute("UPDATE " + name() + " SET version = " + version + " WHERE id = 1");
    }
}
