package distributedmysql.topology.replicator;

import distributedmysql.mysql.Mysql;
import distributedmysql.mysql.Node;
import distributedmysql.mysql.TopologyException;
import distributedmysql.time.Deadline;
import distributedmysql.topology.Await;
import distributedmysql.topology.OtherSources;
import distributedmysql.topology.OwnServer;
import distributedmysql.topology.Replication;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** What each replica that answers has, received or executed. */
final class Candidates {
    /** Subtracting nothing gives the union in its normal form. Of several channels, the one from the former primary. */
    private static final String SET = "SELECT GTID_SUBTRACT(CONCAT_WS(',', @@global.gtid_executed, (SELECT"
            + " RECEIVED_TRANSACTION_SET FROM performance_schema.replication_connection_status"
            + " WHERE SOURCE_UUID = ? LIMIT 1)), '')";

    /**
     * @param errant transactions that a replica has and nobody else: not the former primary when it last answered, not any
     *     other replica, not made by the former primary, from which a replica may be the only one to have the last ones, and
     *     not from {@linkplain OtherSources another source} of the replica's own; without the nodes that have none
     */
    record Choice(Node best, Map<Node, String> errant) {}

    private final Map<Node, String> sets = new LinkedHashMap<>();
    private final Map<Node, String> fromOthers = new LinkedHashMap<>();
    private final Map<String, String> unreachable = new LinkedHashMap<>();

    /**
     * Stops the receivers first, all of them, so that the sets do not change any more. A replica that does not answer is
     * asked again as often as a primary before it counts as dead; until the deadline, if no other answers.
     */
    static Candidates of(Node former, List<Node> replicas, FailoverOptions options) {
        Candidates candidates = new Candidates();
        List<Node> stopped = candidates.ask(replicas, options, Replication::stopReceiver);
        candidates.read(former, stopped, options);
        return candidates;
    }

    /** Changes nothing: of replicas whose primary is gone, for what they receive from a living one goes on growing. */
    static Candidates asTheyAre(Node former, List<Node> replicas, FailoverOptions options) {
        Candidates candidates = new Candidates();
        candidates.read(former, replicas, options);
        return candidates;
    }

    private void read(Node former, List<Node> replicas, FailoverOptions options) {
        List<Node> replicaSet = new ArrayList<>(replicas);
        replicaSet.add(former);
        // A connection each, and what came from others last: it may still grow.
        ask(replicas, options, replica -> {
            String set = Mysql.text(replica, SET, former.serverUuid());
            sets.put(replica, set.replace("\n", ""));
        });
        ask(nodes(), options, replica -> fromOthers.put(replica, OtherSources.gtids(replica, replicaSet)));
        sets.keySet().retainAll(fromOthers.keySet());
    }

    /** @return those that did it, in their order */
    private List<Node> ask(List<Node> replicas, FailoverOptions options, Consumer<Node> step) {
        Deadline deadline = Deadline.after(options.followDeadline());
        AtomicInteger attempts = new AtomicInteger();
        List<Node> left = new ArrayList<>(replicas);
        List<Node> done = new ArrayList<>();
        Await.of("an answer of the replicas", deadline)
                .every(options.probeInterval())
                .untilNo(() -> {
                    left.removeIf(replica -> isOver(replica, step, done));
                    boolean enough = attempts.incrementAndGet() >= options.failuresUntilDead() && !done.isEmpty();
                    // Whoever has not answered when it passes is out of the choice.
                    return left.isEmpty() || enough || deadline.hasPassed()
                            ? Optional.empty()
                            : Optional.of("no answer of " + left);
                });
        return replicas.stream().filter(done::contains).toList();
    }

    /** Whether there is no need to ask again: it did it, it will not do it, or it has ended. */
    private boolean isOver(Node replica, Consumer<Node> step, List<Node> done) {
        try {
            step.accept(replica);
            done.add(replica);
            unreachable.remove(replica.name());
            return true;
        } catch (TopologyException e) {
            unreachable.put(replica.name(), e.getMessage());
            return !e.mayPass()
                    || replica.isOurs() && !OwnServer.control(replica).isAlive();
        }
    }

    /** By name: received and executed together. */
    Map<String, String> byName() {
        return byName(sets);
    }

    static Map<String, String> byName(Map<Node, String> sets) {
        Map<String, String> byName = new LinkedHashMap<>();
        sets.forEach((node, set) -> byName.put(node.name(), set));
        return byName;
    }

    List<Node> nodes() {
        return List.copyOf(sets.keySet());
    }

    String set(Node node) {
        return sets.get(node);
    }

    /** Nodes that did not answer, by name, and why. */
    Map<String, String> unreachable() {
        return unreachable;
    }

    /**
     * The replica to promote: the one that lacks nothing that any other has, errant transactions apart; of equals one
     * without errant transactions, else the first. If each lacks something, the one that is behind the fewest others.
     *
     * @param formerExecuted what the former primary had executed when it last answered
     * @throws TopologyException if no replica answers
     */
    Choice choose(Node former, String formerExecuted, Duration deadline) {
        if (sets.isEmpty()) {
            throw new TopologyException("no replica can be promoted: " + unreachable);
        }
        // Any server can calculate with the sets; one connection does for all.
        Node any = nodes().get(0);
        return Await.success(
                any + ": GTID sets to be compared",
                deadline,
                () -> Mysql.ask(any, "compare GTID sets", session -> {
                    Map<Node, String> extra = extra(session, former, formerExecuted);
                    Map<Node, String> errant = new LinkedHashMap<>();
                    for (Map.Entry<Node, String> each : extra.entrySet()) {
                        String set = subtract(session, each.getValue(), fromOthers.get(each.getKey()), "");
                        if (!set.isEmpty()) {
                            errant.put(each.getKey(), set);
                        }
                    }
                    return new Choice(mostAdvanced(session, extra, errant), errant);
                }));
    }

    /** Errant, or from another source. */
    private Map<Node, String> extra(Mysql session, Node former, String formerExecuted) throws SQLException {
        Map<Node, String> extra = new LinkedHashMap<>();
        for (Node node : sets.keySet()) {
            StringJoiner known = new StringJoiner(",");
            known.add(OtherSources.madeBy(former)).add(formerExecuted);
            sets.forEach((other, theirs) -> {
                if (!other.equals(node)) {
                    known.add(theirs);
                }
            });
            String set = subtract(session, sets.get(node), known.toString(), "");
            if (!set.isEmpty()) {
                extra.put(node, set);
            }
        }
        return extra;
    }

    private Node mostAdvanced(Mysql session, Map<Node, String> extra, Map<Node, String> errant) throws SQLException {
        Node best = null;
        int bestRank = Integer.MAX_VALUE;
        for (Node node : sets.keySet()) {
            int behind = 0;
            for (Node other : sets.keySet()) {
                String ignored = extra.getOrDefault(other, "");
                behind += subtract(session, sets.get(other), ignored, sets.get(node))
                                .isEmpty()
                        ? 0
                        : 1;
            }
            int rank = 2 * behind + (errant.containsKey(node) ? 1 : 0);
            if (rank < bestRank) {
                best = node;
                bestRank = rank;
            }
        }
        return best;
    }

    /** @return {@code set} without either of the others; the server skips empty sets between commas */
    private static String subtract(Mysql session, String set, String one, String other) throws SQLException {
        return session.text("SELECT GTID_SUBTRACT(GTID_SUBTRACT(?, ?), ?)", set, one, other)
                .replace("\n", "");
    }
}
