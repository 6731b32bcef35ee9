package distributedmysql.run;

import distributedmysql.topology.Cluster;
import distributedmysql.topology.LocalSql;
import distributedmysql.topology.Node;
import distributedmysql.workload.MarkedDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** The run's database where it could not be dropped: what is left, where, and the statements that remove it. One line. */
final class LeftDatabase {
    private LeftDatabase() {}

    /** @param reason why the primary could not drop it */
    static String everywhere(Cluster cluster, MarkedDatabase database, String reason) {
        return "the database " + database.name() + " is left on " + cluster.primary()
                + " and on what replicates from it: "
                + reason + "; when that server, or the one that is the primary by then, takes writes, remove it there,"
                + " and replication removes it elsewhere: " + drop(database);
    }

    /** On a server that replicates from nobody; it must not have a transaction more than the others afterwards. */
    static String there(Node node, MarkedDatabase database) {
        return "remove it there alone, past the binary log: "
                + String.join(" ", LocalSql.of(isSuperReadOnly(node), List.of(drop(database))));
    }

    private static boolean isSuperReadOnly(Node node) {
        try (Connection connection = node.connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT @@global.super_read_only")) {
            row.next();
            return row.getBoolean(1);
        } catch (SQLException e) {
            // It does not answer now; what it says to a DROP then tells whoever runs it.
            return false;
        }
    }

    private static String drop(MarkedDatabase database) {
        return "DROP DATABASE IF EXISTS " + database.quotedName() + ";";
    }
}
