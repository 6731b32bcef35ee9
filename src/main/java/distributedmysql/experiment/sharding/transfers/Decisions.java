package distributedmysql.experiment.sharding.transfers;

import distributedmysql.load.data.MarkedDatabase;
import distributedmysql.mysql.Mysql;
import distributedmysql.mysql.Node;
import java.sql.SQLException;

/**
 * What was decided of each transfer with XA, on one shard: written, and so durable, before the first commit. Whoever comes first decides:
 * a recovery that finds nothing writes a roll-back, so that a decision of the client that is still on its way fails. Thread-safe;
 * sessions are the caller's.
 *
 * @param database without quotes
 */
record Decisions(String database) {
    /** Which shard has them, from 0 on. */
    static final int SHARD = 0;

    static final String TABLE = "transfer_decisions";

    private String table() {
        return MarkedDatabase.quoted(database) + "." + TABLE;
    }

    /** Drops the table if it is there, and makes it. */
    void create(Node primary) {
        Mysql.run(primary, "make " + table(), session -> {
            session.use(database);
            session.execute("DROP TABLE IF EXISTS " + table());
            session.execute("CREATE TABLE " + table()
                    + " (transfer_number INT NOT NULL PRIMARY KEY, commits BOOLEAN NOT NULL) ENGINE=InnoDB");
        });
    }

    /** @throws SQLException also if a recovery has decided otherwise */
    void commit(Mysql session, int number) throws SQLException {
        session.execute("INSERT INTO " + table() + " (transfer_number, commits) VALUES (?, TRUE)", number);
    }

    /** Whether it was decided to commit; if nothing was decided, it is now decided to roll back. */
    boolean commits(Mysql session, int number) throws SQLException {
        session.execute("INSERT IGNORE INTO " + table() + " (transfer_number, commits) VALUES (?, FALSE)", number);
        return session.number("SELECT commits FROM " + table() + " WHERE transfer_number = ?", number) == 1;
    }
}
