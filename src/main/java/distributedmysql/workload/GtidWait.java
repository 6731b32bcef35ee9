package distributedmysql.workload;

import distributedmysql.topology.Cluster;
import distributedmysql.topology.Node;
import distributedmysql.topology.TopologyException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

/** Stand-in until {@code topology.Replication} lands. */
final class GtidWait {
    private GtidWait() {}

    static void awaitReplicas(Cluster cluster, Duration deadline) {
        long end = System.nanoTime() + deadline.toNanos();
        String gtids = executed(cluster.primary());
        for (Node replica : cluster.replicas()) {
            while (!applied(replica, gtids)) {
                if (System.nanoTime() > end) {
                    throw new TopologyException(replica + ": did not apply " + gtids + " within " + deadline.toSeconds()
                            + " s; it has " + executed(replica));
                }
            }
        }
    }

    private static String executed(Node node) {
        try (Connection connection = node.connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT @@GLOBAL.gtid_executed")) {
            row.next();
            return row.getString(1);
        } catch (SQLException e) {
            throw new TopologyException(node + ": cannot read gtid_executed: " + e.getMessage());
        }
    }

    private static boolean applied(Node node, String gtids) {
        try (Connection connection = node.connect();
                PreparedStatement statement = connection.prepareStatement("SELECT WAIT_FOR_EXECUTED_GTID_SET(?, 5)")) {
            statement.setString(1, gtids);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getInt(1) == 0;
            }
        } catch (SQLException e) {
            throw new TopologyException(node + ": cannot wait for GTIDs: " + e.getMessage());
        }
    }
}
