package distributedmysql.run;

import distributedmysql.load.data.MarkedDatabase;
import distributedmysql.mysql.LocalSql;
import distributedmysql.mysql.Mysql;
import distributedmysql.mysql.Node;
import distributedmysql.topology.ReplicaSet;
import distributedmysql.topology.Replication;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** The run's database where it could not be dropped: what is left, where, and the statements that remove it. One line. */
final class LeftDatabase {
    private LeftDatabase() {}

    /** @param reason why the primary could not drop it */
    static String everywhere(ReplicaSet replicaSet, MarkedDatabase database, String reason) {
        return "the database " + database.name() + " is left on " + replicaSet.primary()
                + " and on what replicates from it: "
                + reason + "; when that server, or the one that is the primary by then, takes writes, remove it there,"
                + " and replication removes it elsewhere: " + drop(database);
    }

    /** On a server that replicates from nobody; it must not have a transaction more than the others afterwards. */
    static String there(ReplicaSet replicaSet, Node node, MarkedDatabase database) {
        if (replicaSet.isGroup()) {
            return "when it joins its group again, it is removed there too";
        }
        return "remove it there alone, past the binary log: "
                + String.join(" ", LocalSql.of(isSuperReadOnly(node), List.of(drop(database))));
    }

    /** On a replica that the removal does not reach now; empty if it does. */
    static Optional<String> untilItFollows(ReplicaSet replicaSet, Node replica, MarkedDatabase database) {
        String problem = Replication.whyNotFollowing(replica, replicaSet.primary());
        return problem.isEmpty()
                ? Optional.empty()
                : Optional.of("the database " + database.name() + " is left on " + replica
                        + " until it follows the primary again: " + problem);
    }

    private static boolean isSuperReadOnly(Node node) {
        try (Mysql session = Mysql.open(node)) {
            return session.number("SELECT @@global.super_read_only") == 1;
        } catch (SQLException e) {
            // It does not answer now; what it says to a DROP then tells whoever runs it.
            return false;
        }
    }

    private static String drop(MarkedDatabase database) {
        return "DROP DATABASE IF EXISTS " + database.quotedName() + ";";
    }
}
