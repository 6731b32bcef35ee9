package distributedmysql.fault;

import distributedmysql.topology.Node;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

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
        if (!(silent && ours) && refusesWrites(former, options.probeTimeout().toMillis())) {
            return Fencing.READ_ONLY;
        }
        if (ours) {
            OwnServer.control(former).kill();
            return Fencing.KILLED;
        }
        return Fencing.NONE;
    }

    private static boolean refusesWrites(Node former, long millis) {
        try (Connection connection = ServerSql.connect(former, millis);
                Statement statement = connection.createStatement()) {
            // Waits for commits in progress, so that none of them is acknowledged later.
            statement.execute("SET GLOBAL super_read_only = ON");
            List<String> clients = ServerSql.texts(connection, CLIENTS);
            for (String client : clients) {
                kill(statement, client);
            }
            return true;
        } catch (SQLException e) {
            // It gives no answer in time, which is the caller's to deal with.
            return false;
        }
    }

    private static void kill(Statement statement, String client) throws SQLException {
        try {
            statement.execute("KILL " + client);
        } catch (SQLException e) {
            if (e.getErrorCode() != NO_SUCH_THREAD) {
                throw e;
            }
        }
    }
}
