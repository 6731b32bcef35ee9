package distributedmysql.load.record;

import distributedmysql.check.ServerCounts;
import distributedmysql.mysql.Node;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.UnaryOperator;

/** How often each statement was sent to each server, warm-up included. Thread-safe. */
final class Executions {
    private static final class Count {
        final LongAdder answered = new LongAdder();
        final LongAdder unanswered = new LongAdder();
    }

    private final Map<String, Map<String, Count>> counts = new ConcurrentHashMap<>();
    private final Map<String, LongAdder> waiting = new ConcurrentHashMap<>();
    private final Map<String, LongAdder> unreached = new ConcurrentHashMap<>();

    void add(Node node, String statement, boolean answered) {
        Count count = counts.computeIfAbsent(node.name(), name -> new ConcurrentHashMap<>())
                .computeIfAbsent(statement, text -> new Count());
        (answered ? count.answered : count.unanswered).increment();
    }

    void waiting(Node node, boolean begins) {
        waiting.computeIfAbsent(node.name(), name -> new LongAdder()).add(begins ? 1 : -1);
    }

    void unreached(Node node) {
        unreached.computeIfAbsent(node.name(), name -> new LongAdder()).increment();
    }

    long unreached(String node) {
        LongAdder requests = unreached.get(node);
        return requests == null ? 0 : requests.sum();
    }

    /** Empty if nobody says so. */
    OptionalLong waitingFor(String node) {
        LongAdder requests = waiting.get(node);
        return requests == null ? OptionalLong.empty() : OptionalLong.of(requests.sum());
    }

    List<ServerCounts.Client> of(Node node, UnaryOperator<String> statementOf) {
        return counts.getOrDefault(node.name(), Map.of()).entrySet().stream()
                .map(entry -> new ServerCounts.Client(
                        node.name(),
                        statementOf.apply(entry.getKey()),
                        entry.getValue().answered.sum(),
                        entry.getValue().unanswered.sum()))
                .toList();
    }

    /** By the server's name; of those that were asked, or should have been. */
    Map<String, Long> answered() {
        Map<String, Long> answered = new HashMap<>();
        unreached.keySet().forEach(node -> answered.put(node, 0L));
        counts.forEach((node, statements) -> answered.put(
                node,
                statements.values().stream()
                        .mapToLong(count -> count.answered.sum())
                        .sum()));
        return answered;
    }
}
