package distributedmysql.topology.replicator;

import distributedmysql.mysql.Mysql;
import distributedmysql.mysql.Node;
import distributedmysql.topology.OwnServer;
import distributedmysql.topology.replicator.FailoverRecord.Fencing;
import java.sql.SQLException;
import java.time.Duration;

/** Keeps a former primary from acknowledging anything more. */
final class Fence {
    private static final int NO_SUCH_THREAD = 1094;
    private static final String CLIENTS = "SELECT ID FROM performance_schema.processlist WHERE ID <> CONNECTION_ID()"
            + " AND USER NOT IN ('system user', 'event_scheduler') AND COMMAND NOT LIKE 'Binlog Dump%'";

    private Fence() {}

    /** @param silent whether it is known to give no answer, so that it need not be asked */
    static Fencing apply(Node former, FailoverOptions options, boolean silent) {
        boolean ours = former.isOurs();
        if (ours && !OwnServer.control(former).isAlive()) {
            return Fencing.DEAD;
        }
        if (!options.fence()) {
            return Fencing.NONE;
        }
        if (!(silent && ours) && refusesWrites(former, options.probeTimeout())) {
            return Fencing.READ_ONLY;
        }
        if (ours) {
            OwnServer.control(former).kill();
            return Fencing.KILLED;
        }
        return Fencing.NONE;
    }

    private static boolean refusesWrites(Node former, Duration patience) {
        try (Mysql session = Mysql.open(former, patience)) {
            // Waits for commits in progress, so that none of them is acknowledged later.
            session.execute("SET GLOBAL super_read_only = ON");
            for (String client : session.texts(CLIENTS)) {
                kill(session, client);
            }
            return true;
        } catch (SQLException e) {
            // It gives no answer in time, which is the caller's to deal with.
            return false;
        }
    }

    private static void kill(Mysql session, String client) throws SQLException {
        try {
            session.execute("KILL " + client);
        } catch (SQLException e) {
            if (e.getErrorCode() != NO_SUCH_THREAD) {
                throw e;
            }
        }
    }
}
