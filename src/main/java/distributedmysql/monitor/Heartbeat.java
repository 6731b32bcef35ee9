package distributedmysql.monitor;

import distributedmysql.mysql.Mysql;
import distributedmysql.mysql.Node;
import distributedmysql.topology.ReplicaSet;
import java.sql.SQLException;
import java.util.Map;
import java.util.UUID;

/**
 * Writes a rising number into a row of its own on whichever node is the primary, and tells every node's
 * {@link PendingBeats} when the commit was acknowledged. A beat whose write failed or whose answer never came counts as
 * not acknowledged; it is not tried again, the next one has the next number.
 */
final class Heartbeat implements Beats {
    private static final int NO_SUCH_TABLE = 1146;
    private static final int UNKNOWN_DATABASE = 1049;

    private final ReplicaSet replicaSet;
    private final String database;
    private final String table;
    private final Map<Node, PendingBeats> pending;
    private final NodeConnection connection;
    // A row per run: one that an earlier run left behind, or a run beside this one writes, is never taken for ours.
    private final String run = UUID.randomUUID().toString();
    private final LagRecorder commits;
    private long number = NONE_VISIBLE;

    /** @param database exists */
    Heartbeat(ReplicaSet replicaSet, String database, Map<Node, PendingBeats> pending, LoadWindow load) {
        this.replicaSet = replicaSet;
        this.database = database;
        this.table = "`" + database.replace("`", "``") + "`.heartbeat";
        this.pending = pending;
        this.connection = new NodeConnection(replicaSet::primary);
        this.commits = new LagRecorder(load);
    }

    @Override
    public String name() {
        return "heartbeat";
    }

    /** Creates the table if it is absent. */
    @Override
    public void prepare() throws SQLException {
        connection.use(this::createTable);
    }

    private Void createTable(Mysql open) throws SQLException {
        // Filters judge a statement by its default database.
        open.use(database);
        open.execute("CREATE TABLE IF NOT EXISTS " + table
                + " (run CHAR(36) CHARACTER SET ascii NOT NULL PRIMARY KEY, beat BIGINT NOT NULL) ENGINE=InnoDB");
        return null;
    }

    @Override
    public void take() throws SQLException {
        number++;
        Node primary = replicaSet.primary();
        long sentNanos = System.nanoTime();
        try {
            connection.use(this::write);
        } catch (SQLException e) {
            commits.missing(sentNanos);
            throw e;
        }
        long acknowledgedNanos = System.nanoTime();
        commits.record(sentNanos, (acknowledgedNanos - sentNanos) / 1_000);
        pending.forEach((node, beats) -> {
            beats.acknowledged(number, acknowledgedNanos);
            if (node.equals(primary)) {
                beats.visible(number);
            }
        });
    }

    private Void write(Mysql open) throws SQLException {
        open.use(database);
        try {
            open.execute("INSERT INTO " + table + " (run, beat) VALUES ('" + run + "', " + number
                    + ") ON DUPLICATE KEY UPDATE beat = " + number);
            return null;
        } catch (SQLException e) {
            if (e.getErrorCode() == NO_SUCH_TABLE) {
                // A primary that was promoted before the table had reached it.
                createTable(open);
            }
            throw e;
        }
    }

    /** Its own commits are some. */
    @Override
    public boolean isIdle() {
        return false;
    }

    /** {@link #NONE_VISIBLE} also while the row or its table has not arrived. */
    @Override
    public long newestVisible(Node node, Mysql replica) throws SQLException {
        try {
            // Without a row, 0.
            return Math.max(NONE_VISIBLE, replica.number("SELECT beat FROM " + table + " WHERE run = '" + run + "'"));
        } catch (SQLException e) {
            if (e.getErrorCode() == NO_SUCH_TABLE || e.getErrorCode() == UNKNOWN_DATABASE) {
                return NONE_VISIBLE;
            }
            throw e;
        }
    }

    @Override
    public void missed(Sampler.Ticks ticks) {
        commits.missing(ticks);
    }

    /** From sending to acknowledgement. */
    @Override
    public LagStatistics micros(Sampler.Ticks overdue) {
        return commits.statistics(overdue);
    }

    @Override
    public void close() {
        connection.close();
    }
}
