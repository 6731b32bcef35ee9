package distributedmysql.mysql;

import distributedmysql.time.Deadline;
import java.sql.SQLException;
import java.time.Duration;

/**
 * What one replica lacks of its primary and will never get: found by looking at it now and then. Thread-safe.
 *
 * <p>A replica that follows by file and position is sent what comes after that position and nothing else. What its source
 * had executed before it never gets, unless it was loaded together with its GTIDs; nor what it was made to skip by a later
 * position. Such transactions are not under way, so they are no lag. They are told from those that are by the place in
 * the source's binary log up to which the replica has executed everything ({@code Exec_Source_Log_Pos}, of several
 * appliers the lowest: MySQL manual, "SHOW REPLICA STATUS Statement"): what the primary had executed before that place and
 * the replica has not, it will not get. A replica that follows by auto-position gets everything that it lacks, or stops.
 */
public final class ReplicaGap {
    /** The place is passed a moment before the last transaction before it is in {@code gtid_executed}. */
    private static final Duration SETTLED = Duration.ofMillis(500);

    /** Of a replica that lacks something: by auto-position, or by file and position before or behind a place. */
    private enum Whereabouts {
        FETCHES_ALL,
        BEFORE,
        PASSED
    }

    /** What it lacked when it had passed a position. */
    private record Passed(String lacked, Deadline settled) {}

    private BinlogPosition awaited;
    private Passed passed;
    private String gtids = "";

    /** As a GTID set, as far as it is known; empty if there are none. */
    public synchronized String gtids() {
        return gtids;
    }

    /**
     * Looks again. Needs REPLICATION CLIENT.
     *
     * @param open to the replica
     * @param newest of the primary; an earlier one that the replica has not passed yet is awaited first
     * @return whether it is known now, of this position or of an earlier one
     */
    public synchronized boolean look(Node replica, Mysql open, BinlogPosition newest) throws SQLException {
        if (awaited == null || !awaited.serverUuid().equals(newest.serverUuid())) {
            awaited = newest;
            passed = null;
        }
        String lacked = lacked(open, awaited.executed());
        if (lacked.isEmpty()) {
            return known("");
        }
        if (passed == null) {
            switch (whereabouts(replica, open)) {
                case FETCHES_ALL -> {
                    return known("");
                }
                // Asked again, in this order: what is missing after it had passed the place does not come any more.
                case PASSED -> passed = new Passed(lacked(open, lacked), Deadline.after(SETTLED));
                case BEFORE -> {}
            }
        }
        boolean settled = passed != null && passed.settled.hasPassed();
        return settled && known(lacked(open, passed.lacked));
    }

    private boolean known(String lacking) {
        gtids = lacking;
        awaited = null;
        return true;
    }

    private Whereabouts whereabouts(Node replica, Mysql open) throws SQLException {
        ReplicationSql sql = new ReplicationSql(replica.version());
        return open.read(sql.status(), channels -> {
            while (channels.next()) {
                if (!awaited.serverUuid().equals(channels.getString(sql.column("Source_UUID")))) {
                    continue;
                }
                if (channels.getInt("Auto_Position") == 1) {
                    return Whereabouts.FETCHES_ALL;
                }
                String file = channels.getString(sql.column("Relay_Source_Log_File"));
                long offset = channels.getLong(sql.column("Exec_Source_Log_Pos"));
                return awaited.isReachedBy(file, offset) ? Whereabouts.PASSED : Whereabouts.BEFORE;
            }
            // Members of a group fetch from nobody and get everything.
            return GroupView.read(open).isOfMember() ? Whereabouts.FETCHES_ALL : Whereabouts.BEFORE;
        });
    }

    private static String lacked(Mysql replica, String set) throws SQLException {
        return GtidSets.oneLine(replica.text("SELECT GTID_SUBTRACT(?, @@GLOBAL.gtid_executed)", set));
    }
}
