package distributedmysql.topology.external;

import distributedmysql.mysql.TopologyException;
import java.util.ArrayList;
import java.util.List;

/**
 * Defaults of servers that would change a result, and that a session can set for itself only with a privilege
 * (SESSION_VARIABLES_ADMIN), or not at all. All others are {@link distributedmysql.mysql.SessionSettings}'.
 */
final class ServerDefaults {
    private static final String ROWS = "SET GLOBAL binlog_format = ROW;";

    /** The applier takes the format when it starts. */
    private static final String ROWS_ON_REPLICA = "STOP REPLICA SQL_THREAD;\n" + ROWS + "\nSTART REPLICA SQL_THREAD;";

    private ServerDefaults() {}

    /**
     * @param servers the primary first
     * @param group whether they are one, whose appliers are not stopped
     * @throws TopologyException if what is written on one server would become something else on another; says what to do
     *     on which server, in an order in which no replica's applier stops
     */
    static void require(List<FoundServer> servers, boolean group) {
        List<FoundServer> logging =
                servers.stream().filter(ServerDefaults::logsStatements).toList();
        if (logging.isEmpty()) {
            return;
        }
        StringBuilder message = new StringBuilder()
                .append(logging.get(0).address())
                .append(
                        ": binlog_format = STATEMENT: must be ROW or MIXED, because a statement that writes the server's own"
                                + " server_uuid is run again on each replica, and a session may not change it without a privilege."
                                + " The applier of a replica with STATEMENT stops at the first row that it is sent (error 1666), so"
                                + " the replicas come first. Sessions that are open by then go on with STATEMENT.");
        for (FoundServer server : logging) {
            if (!server.equals(servers.get(0))) {
                message.append("\nOn ").append(server.address()).append(":\n").append(group ? ROWS : ROWS_ON_REPLICA);
            }
        }
        if (logging.contains(servers.get(0))) {
            message.append("\nThen on the primary, ")
                    .append(servers.get(0).address())
                    .append(":\n")
                    .append(ROWS);
        }
        throw new TopologyException(message.toString());
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
