package distributedmysql.run;

import distributedmysql.check.CheckResult;
import distributedmysql.check.ServerCounts;
import distributedmysql.load.record.StageRecorder;
import distributedmysql.monitor.StatementCounts;
import distributedmysql.monitor.StatementReading;
import distributedmysql.mysql.Node;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Compares what the client says it sent with what the servers say they executed, from one check to the next. Nothing
 * but the stages that a check names may have run since the check before. Thread-safe.
 */
final class StatementAudit {
    private final Map<Node, StatementCounts> counts = new LinkedHashMap<>();
    private final Map<Node, StatementReading> last = new LinkedHashMap<>();

    /** Takes the first reading. */
    StatementAudit(List<Node> nodes, String database, Collection<String> texts) {
        for (Node node : nodes) {
            StatementCounts server = StatementCounts.of(node, database, texts);
            counts.put(node, server);
            last.put(node, server.read());
        }
    }

    /** Judges the stages that have run since the last call. Blocks until the servers' counts stand still. */
    synchronized CheckResult check(String stage, List<StageRecorder> recorders) {
        List<ServerCounts.Client> clients = new ArrayList<>();
        List<ServerCounts.Server> servers = new ArrayList<>();
        counts.forEach((node, server) -> {
            StatementReading reading = server.read();
            StatementReading.Delta delta = reading.since(last.put(node, reading));
            servers.add(new ServerCounts.Server(
                    node.name(), delta.atLeast(), delta.totalAtLeast(), delta.totalAtMost(), delta.cannotTell()));
            recorders.forEach(recorder -> clients.addAll(recorder.executions(node, server::statementOf)));
        });
        return ServerCounts.check(stage, clients, servers);
    }
}
