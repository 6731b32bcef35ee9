package distributedmysql.experiment.sharding.resharding;

import distributedmysql.mysql.Mysql;
import distributedmysql.mysql.TopologyException;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** How far a resharding is, in two tables of the new shard. Thread-safe; the sessions are the caller's. */
record ReshardingState(ReshardedTable table) {
    static final String PHASES = "resharding_state";
    static final String COPIES = "resharding_copied";

    /** The session of a coordinator that was killed ends when the server finds its socket closed. */
    private static final int LOCK_SECONDS = 20;

    private String phases() {
        return table.database() + "." + PHASES;
    }

    private String copies() {
        return table.database() + "." + COPIES;
    }

    void create(Mysql session) throws SQLException {
        session.execute("DROP TABLE IF EXISTS " + phases() + ", " + copies());
        session.execute("CREATE TABLE " + phases()
                + " (id TINYINT NOT NULL PRIMARY KEY, phase VARCHAR(20) NOT NULL) ENGINE=InnoDB");
        session.execute(
                "CREATE TABLE " + copies() + " (shard INT NOT NULL PRIMARY KEY, up_to BIGINT NOT NULL) ENGINE=InnoDB");
    }

    /** Empty if none has begun. */
    Optional<Phase> phase(Mysql session) throws SQLException {
        String text = session.text("SELECT phase FROM " + phases() + " WHERE id = 1");
        return Stream.of(Phase.values())
                .filter(phase -> phase.name().equals(text.toUpperCase(Locale.ROOT)))
                .findFirst();
    }

    void set(Mysql session, Phase phase) throws SQLException {
        session.execute("REPLACE INTO " + phases() + " VALUES (1, '" + phase.name() + "')");
    }

    /** Up to which key a source has been copied; all keys are greater than what is said at first. */
    long copied(Mysql session, int source) throws SQLException {
        return session.number("SELECT up_to FROM " + copies() + " WHERE shard = " + source);
    }

    void copied(Mysql session, int source, long upTo) throws SQLException {
        session.execute("REPLACE INTO " + copies() + " VALUES (" + source + ", " + upTo + ")");
    }

    void forgetCopies(Mysql session) throws SQLException {
        session.execute("DELETE FROM " + copies());
    }

    /**
     * Held until the session ends.
     *
     * @param what is locked, for instance {@code coordinator}
     * @throws TopologyException if somebody else holds it
     */
    void lock(Mysql session, String what) throws SQLException {
        // The name may have 64 characters, and is the server's, not the database's; MD5() is gone from MySQL 9.6.
        if (session.number("SELECT GET_LOCK(SHA2(?, 224), " + LOCK_SECONDS + ")", table.name() + " " + what) != 1) {
            throw new TopologyException("another resharding of " + table.name() + " is under way (its " + what
                    + " has held its lock for " + LOCK_SECONDS + " s)");
        }
    }
}
