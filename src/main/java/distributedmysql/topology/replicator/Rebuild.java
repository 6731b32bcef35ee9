package distributedmysql.topology.replicator;

import distributedmysql.config.HostPort;
import distributedmysql.mysql.Mysql;
import distributedmysql.mysql.Node;
import distributedmysql.mysql.TopologyException;
import distributedmysql.topology.Await;
import distributedmysql.topology.ClonePlugin;
import distributedmysql.topology.OwnServer;
import distributedmysql.topology.Replication;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;

/**
 * Replaces all that a server has by a copy of another one, with MySQL's clone plugin
 * (https://dev.mysql.com/doc/refman/8.0/en/clone-plugin-remote.html).
 */
final class Rebuild {
    /** {@code ER_CANT_RESTART}: the copy is complete, and the server ends because nobody is there to restart it. */
    private static final int CANNOT_RESTART = 3707;

    private Rebuild() {}

    /**
     * Returns when the server runs again, read-only, with the data, the accounts and the GTIDs of the primary; it keeps
     * its address and its {@code server_uuid}, and replicates from nobody yet.
     *
     * @param node of ours; is started if it does not run
     * @throws TopologyException if it is not ours, or that is not reached within the deadline
     */
    static void fromPrimary(Node node, Node primary, Duration deadline) {
        OwnServer.require(node);
        OwnServer.startIfEnded(node, deadline);
        String what = node + ": to be ready for a copy of " + primary;
        if (Await.success(what, deadline, () -> Replication.hasSource(node))) {
            Await.success(what, deadline, () -> Replication.forgetSource(node));
        }
        Await.success(what, deadline, () -> ClonePlugin.install(primary));
        // A server that is read-only cannot be cloned to (error 1290). Nobody is routed to it.
        Await.success(what, deadline, () -> Replication.setReadOnly(node, false));
        Await.success(what, deadline, () -> ClonePlugin.install(node));
        Await.success(what, deadline, () -> rollBackPrepared(node));
        // The copy has the primary's GTIDs; binary logs of its own would bring back the others.
        Await.success(what, deadline, () -> Replication.forgetHistory(node));
        // After the copy it ends, because nobody is there to restart it.
        OwnServer.control(node).mayEnd();
        Await.success(node + ": a copy of " + primary, deadline, () -> copy(node, primary, deadline));
        Await.until(
                node + ": end after cloning",
                deadline,
                () -> !OwnServer.control(node).isAlive(),
                () -> OwnServer.process(node) + " is still there");
        OwnServer.control(node).start(deadline);
    }

    /** What is prepared with XA keeps its tables locked, also after a restart, and so keeps them from being replaced (error 1205). */
    private static void rollBackPrepared(Node node) {
        Mysql.run(node, "roll back what is prepared there", session -> {
            for (String xid : session.rows("XA RECOVER CONVERT XID", Rebuild::xid)) {
                session.execute("XA ROLLBACK " + xid);
            }
        });
    }

    private static String xid(ResultSet row) throws SQLException {
        String data = row.getString("data").substring("0x".length());
        int global = 2 * row.getInt("gtrid_length");
        return "X'" + data.substring(0, global) + "',X'" + data.substring(global) + "'," + row.getLong("formatID");
    }

    private static void copy(Node node, Node primary, Duration deadline) {
        HostPort donor = primary.peerAddress();
        // The driver puts the placeholders in by itself: the server prepares no such statement.
        String clone = "CLONE INSTANCE FROM ?@?:" + donor.port() + " IDENTIFIED BY ?";
        Mysql.run(node, deadline, "be cloned from " + primary, session -> {
            session.execute("SET GLOBAL clone_valid_donor_list = ?", donor.toString());
            try {
                session.execute(
                        clone,
                        primary.admin().user(),
                        donor.host(),
                        primary.admin().password());
            } catch (SQLException e) {
                // Where a supervisor is there to restart it, the server breaks the connection instead.
                if (e.getErrorCode() != CANNOT_RESTART && e.getErrorCode() != 0) {
                    throw e;
                }
            }
        });
    }
}
