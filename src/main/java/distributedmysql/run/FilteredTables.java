package distributedmysql.run;

import distributedmysql.config.Plural;
import distributedmysql.history.TableChecksum;
import distributedmysql.load.data.ReplicationPath;
import distributedmysql.mysql.Mysql;
import distributedmysql.mysql.Node;
import distributedmysql.mysql.TopologyException;
import distributedmysql.topology.Filters;
import distributedmysql.topology.ReplicaSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Tables that a replica is not meant to have, because a filter keeps them or changes of them from it: that they differ is
 * no fault of the replica.
 */
public final class FilteredTables {
    private FilteredTables() {}

    /** For the console: of the databases that will be compared, those that are filtered, in whole or in part. */
    static List<String> warnings(ReplicaSet replicaSet, List<String> databases) {
        List<String> warnings = new ArrayList<>();
        for (String database : databases) {
            warnings.addAll(ReplicationPath.warnings(replicaSet, database, tables(replicaSet.primary(), database)));
        }
        return warnings;
    }

    private static List<String> tables(Node primary, String database) {
        String query = "SELECT TABLE_NAME FROM information_schema.TABLES WHERE TABLE_SCHEMA = ?"
                + " AND TABLE_TYPE = 'BASE TABLE' ORDER BY TABLE_NAME";
        return Mysql.ask(primary, "list the tables of " + database, session -> session.texts(query, database));
    }

    /** As it is, unless it differs and a filter is the reason: it could not be compared then, and the filter is named. */
    public static TableChecksum explained(ReplicaSet replicaSet, TableChecksum found) {
        if (!found.differs()) {
            return found;
        }
        return filter(replicaSet, found)
                .map(filter -> found.notComparable("it is not replicated there: " + filter + "; found: "
                        + found.definition()
                                .orElse(Plural.of(found.differing(), "row") + " differing, " + found.missing()
                                        + " missing, " + found.extra() + " extra")))
                .orElse(found);
    }

    private static Optional<String> filter(ReplicaSet replicaSet, TableChecksum found) {
        return replicaSet.replicas().stream()
                .filter(node -> node.name().equals(found.replica()))
                .findFirst()
                .flatMap(node -> {
                    try {
                        return Filters.between(replicaSet.primary(), node, found.database(), found.table());
                    } catch (TopologyException e) {
                        // Without its filters there is only the difference to go by.
                        return Optional.empty();
                    }
                });
    }
}
