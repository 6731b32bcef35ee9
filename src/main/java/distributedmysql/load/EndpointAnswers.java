package distributedmysql.load;

import distributedmysql.history.EndpointHistory;
import distributedmysql.history.EndpointHistory.Answer;
import distributedmysql.history.EndpointHistory.Refused;
import distributedmysql.history.EndpointHistory.Right;
import distributedmysql.history.EndpointHistory.Served;
import distributedmysql.history.RunClock;
import distributedmysql.mysql.Node;
import distributedmysql.topology.Endpoint;
import distributedmysql.topology.ReplicaSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/** Counts what is answered through one endpoint, by the server that answered. Judges nothing. Thread-safe. */
final class EndpointAnswers {
    /**
     * What a server answers that cannot take a write now: read-only, or in a group that is not ready for it
     * (ER_OPTION_PREVENTS_STATEMENT, ER_CANT_EXECUTE_IN_READ_ONLY_TRANSACTION, ER_READ_ONLY_MODE, ER_RUN_HOOK_ERROR).
     */
    private static final Set<Integer> READ_ONLY = Set.of(1290, 1792, 1836, 3100);

    /** What goes wrong all the time would fill the memory. */
    private static final int MOST_KEPT = 20_000;

    private final Endpoint endpoint;
    private final ReplicaSet replicaSet;
    private final RunClock clock;
    private final Map<Node, Map<Long, LongAdder>> served = new ConcurrentHashMap<>();
    private final Map<Node, Map<Integer, LongAdder>> refused = new ConcurrentHashMap<>();
    private final Map<ReplicaSet.Roles, Long> firstAnswers = new ConcurrentHashMap<>();
    private final Queue<Answer> suspects = new ConcurrentLinkedQueue<>();
    private final AtomicInteger suspected = new AtomicInteger();
    /** Of these roles there has been a right answer: the time of another one does not matter. */
    private volatile ReplicaSet.Roles answered;

    EndpointAnswers(Endpoint endpoint, ReplicaSet replicaSet, RunClock clock) {
        this.endpoint = endpoint;
        this.replicaSet = replicaSet;
        this.clock = clock;
    }

    /**
     * @param from when the request was sent, by {@link System#nanoTime()}
     * @param code the server's error number; 0 if it was a success
     */
    @SuppressWarnings(
            "ReferenceEquality") // The very roles that are there now; to compare what is in them would cost every
    // request.
    void add(Node node, long from, long to, boolean write, int code) {
        long micros = clock.micros(to);
        count(served, node, micros / 1_000_000);
        if (write && READ_ONLY.contains(code)) {
            count(refused, node, code);
        }
        ReplicaSet.Roles roles = replicaSet.roles();
        if (!endpoint.right(roles).contains(node)) {
            if (suspected.incrementAndGet() <= MOST_KEPT) {
                suspects.add(new Answer(node.name(), clock.micros(from), micros, write, code));
            }
        } else if (answered != roles && code == 0) {
            firstAnswers.putIfAbsent(roles, micros);
            answered = roles;
        }
    }

    private static <K> void count(Map<Node, Map<K, LongAdder>> counts, Node node, K key) {
        counts.computeIfAbsent(node, any -> new ConcurrentSkipListMap<>())
                .computeIfAbsent(key, any -> new LongAdder())
                .increment();
    }

    /** So far. */
    EndpointHistory history() {
        List<Served> seconds = new ArrayList<>();
        List<Refused> refusals = new ArrayList<>();
        for (Node node : replicaSet.nodes()) {
            served.getOrDefault(node, Map.of())
                    .forEach((second, requests) -> seconds.add(new Served(second, node.name(), requests.sum())));
            refused.getOrDefault(node, Map.of())
                    .forEach((code, writes) -> refusals.add(new Refused(node.name(), code, writes.sum())));
        }
        long notKept = Math.max(0, suspected.get() - MOST_KEPT);
        return new EndpointHistory(endpoint.name(), rights(), seconds, refusals, List.copyOf(suspects), notKept);
    }

    /** Changes of roles that change nothing for the endpoint are left out. */
    private List<Right> rights() {
        List<Right> rights = new ArrayList<>();
        Node primary = null;
        for (ReplicaSet.Roles roles : replicaSet.history()) {
            List<String> nodes = endpoint.right(roles).stream().map(Node::name).toList();
            Long first = firstAnswers.get(roles);
            int last = rights.size() - 1;
            if (last >= 0 && rights.get(last).nodes().equals(nodes)) {
                rights.set(last, rights.get(last).or(first));
            } else {
                boolean promotion = primary != null && !roles.primary().equals(primary);
                rights.add(new Right(clock.micros(roles.sinceNanos()), promotion, nodes, first));
            }
            primary = roles.primary();
        }
        return rights;
    }
}
