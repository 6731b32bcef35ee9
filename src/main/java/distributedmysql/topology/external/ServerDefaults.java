package distributedmysql.topology.external;

import distributedmysql.topology.TopologyException;
import java.util.ArrayList;
import java.util.List;

/**
 * Defaults of servers that would change a result, and that a session can set for itself only with a privilege
 * (SESSION_VARIABLES_ADMIN), or not at all. All others are {@link distributedmysql.topology.SessionSettings}'.
 */
final class ServerDefaults {
    private ServerDefaults() {}

    /** @throws TopologyException if what is written on one server would become something else on another */
    static void require(List<FoundServer> servers) {
        for (FoundServer server : servers) {
            if (logsStatements(server)) {
                throw new TopologyException(server.address() + ": binlog_format = STATEMENT: must be ROW or MIXED,"
                        + " because a statement that writes the server's own server_uuid is run again on each replica,"
                        + " and a session may not change it without a privilege. SET GLOBAL binlog_format = ROW is"
                        + " enough: it counts for new sessions");
            }
        }
    }

    static List<String> warnings(List<FoundServer> servers) {
        List<String> warnings = new ArrayList<>();
        for (FoundServer server : servers) {
            if (logsStatements(server)) {
                warnings.add(server.address() + ": binlog_format = STATEMENT: a row that differs, and that a replicated"
                        + " statement happens to make equal while tables are compared, counts as equal");
            }
            String first = server.variable("init_connect");
            if (!first.isBlank()) {
                warnings.add(server.address() + ": init_connect = " + first + ": runs first in every session of a user"
                        + " without CONNECTION_ADMIN. The framework sets what it depends on after that; a transaction"
                        + " that this leaves open keeps the load from connecting (session_track_gtids)");
            }
        }
        return warnings;
    }

    private static boolean logsStatements(FoundServer server) {
        return server.variable("binlog_format").equals("STATEMENT");
    }
}
