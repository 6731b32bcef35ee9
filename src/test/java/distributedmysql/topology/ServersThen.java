package distributedmysql.topology;

import distributedmysql.mysql.Mysql;
import distributedmysql.mysql.Node;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What servers did when a test failed: no failure of its own, but part of the failure's report. */
public final class ServersThen extends Exception {
    private static final long serialVersionUID = 1L;
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int LINES = 20;
    private static final String SESSIONS = "SELECT CONCAT_WS(' ', ID, USER, COMMAND, CONCAT(TIME, ' s'), STATE,"
            + " LEFT(INFO, 200)) FROM information_schema.PROCESSLIST ORDER BY ID";
    private static final String REPLICATION = "SELECT CONCAT_WS(' ', CHANNEL_NAME, 'receiver', c.SERVICE_STATE,"
            + " c.LAST_ERROR_MESSAGE, 'applier', a.SERVICE_STATE, (SELECT GROUP_CONCAT(w.LAST_ERROR_MESSAGE)"
            + " FROM performance_schema.replication_applier_status_by_worker w"
            + " WHERE w.CHANNEL_NAME = c.CHANNEL_NAME AND w.LAST_ERROR_NUMBER > 0))"
            + " FROM performance_schema.replication_connection_status c"
            + " JOIN performance_schema.replication_applier_status a USING (CHANNEL_NAME)";

    private ServersThen(String message) {
        super(message, null, false, false);
    }

    public static ServersThen of(Deployment servers) {
        StringBuilder text = new StringBuilder("the servers when the test failed:");
        for (Node node : servers.nodes()) {
            text.append('\n').append(node).append('\n').append(sessions(node)).append(errorLog(node));
        }
        return new ServersThen(text.toString());
    }

    private static String sessions(Node node) {
        try (Mysql mysql = Mysql.open(node, PATIENCE)) {
            return indented("sessions", mysql.texts(SESSIONS))
                    + indented("replication", mysql.texts(REPLICATION))
                    + indented("executed", List.of(mysql.text("SELECT @@gtid_executed")));
        } catch (SQLException e) {
            return indented("sessions", List.of("cannot be asked: " + e.getMessage()));
        }
    }

    private static String errorLog(Node node) {
        Optional<Path> file = node.control().flatMap(control -> control.errorLog());
        if (file.isEmpty()) {
            return "";
        }
        try {
            List<String> lines = Files.readAllLines(file.get());
            return indented("end of the error log", lines.subList(Math.max(0, lines.size() - LINES), lines.size()));
        } catch (IOException e) {
            return indented("error log", List.of("cannot be read: " + e));
        }
    }

    private static String indented(String what, List<String> lines) {
        return "  " + what + ":\n" + String.join("\n", lines).indent(4);
    }
}
