package distributedmysql.monitor;

import distributedmysql.history.ErrantGtids;
import distributedmysql.mysql.GtidSets;
import distributedmysql.mysql.Node;
import distributedmysql.mysql.TopologyException;
import distributedmysql.time.Deadline;
import distributedmysql.topology.Await;
import distributedmysql.topology.OtherSources;
import distributedmysql.topology.ReplicaSet;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Looks for transactions that a replica has executed and its primary has not: somebody has written to the replica. Only
 * reads, and needs REPLICATION CLIENT. Thread-safe.
 *
 * <p>What counts: GTIDs in the replica's {@code gtid_executed} that the primary's lacks, without those that the replica has
 * from {@linkplain OtherSources another source} of its own. What is under way never counts: the replica is asked first and
 * the primary afterwards, and again until the difference has lasted. That is needed because a replica can be ahead of its
 * primary for a moment. The primary sends a transaction when it is in its binary log, and has it in {@code gtid_executed}
 * only after the commit; semi-synchronous replication delays that until enough replicas have acknowledged (MySQL manual,
 * {@code rpl_semi_sync_source_wait_point}, and {@code rpl_semi_sync_source_timeout}, by default 10 s).
 */
public final class ErrantTransactions {
    /** How long a difference lasts before it counts, if the primary itself has numbered it. */
    private static final Duration UNDER_WAY = Duration.ofSeconds(15);

    private static final Duration LASTING = Duration.ofSeconds(1);
    private static final Duration BETWEEN = Duration.ofMillis(100);

    private final ReplicaSet replicaSet;
    private final Duration underWay;
    /** By the replica's name; read by whoever reports while a look is going on. */
    private final Map<String, ErrantGtids> found = new ConcurrentSkipListMap<>();

    private final Map<String, String> unknownBefore = new HashMap<>();

    /** @param replicaSet its roles may change between two looks */
    public ErrantTransactions(ReplicaSet replicaSet) {
        this(replicaSet, UNDER_WAY);
    }

    ErrantTransactions(ReplicaSet replicaSet, Duration underWay) {
        this.replicaSet = replicaSet;
        this.underWay = underWay;
    }

    /** The first look: whatever there is now was there before the run. Throws nothing. */
    public synchronized void lookBefore() {
        for (Node replica : replicaSet.replicas()) {
            try {
                Optional<String> errant = some(errant(replica));
                found.put(replica.name(), new ErrantGtids(replica.name(), errant, Optional.empty(), Optional.empty()));
            } catch (TopologyException e) {
                unknownBefore.put(replica.name(), "at the beginning: " + e.getMessage());
            }
        }
    }

    /**
     * A further look at those that are replicas now. What an earlier look has found stays found, even if a failover has
     * taken it to every server since. Throws nothing.
     */
    public synchronized void look() {
        for (Node replica : replicaSet.replicas()) {
            String name = replica.name();
            ErrantGtids known = found.getOrDefault(
                    name, new ErrantGtids(name, Optional.empty(), Optional.empty(), Optional.empty()));
            Optional<String> during = known.duringRun();
            Optional<String> problem = Optional.ofNullable(unknownBefore.get(name));
            try {
                during = more(replica, known);
            } catch (TopologyException e) {
                problem = Optional.of(e.getMessage());
            }
            found.put(name, new ErrantGtids(name, known.beforeRun(), during, problem));
        }
    }

    private Optional<String> more(Node replica, ErrantGtids known) {
        String errant = errant(replica);
        if (errant.isEmpty()) {
            return known.duringRun();
        }
        String all = errant + "," + known.duringRun().orElse("");
        return some(GtidSets.subtract(replica, all, known.beforeRun().orElse("")));
    }

    /** One entry for each server that was a replica at one of the looks. */
    public List<ErrantGtids> found() {
        return List.copyOf(found.values());
    }

    /** Servers that nobody has looked at as replicas in the end, because they do not replicate from the primary. */
    public List<String> outside() {
        return replicaSet.outside().stream().map(Node::name).toList();
    }

    private String errant(Node replica) {
        Node primary = replicaSet.primary();
        // In this order: what comes to the servers meanwhile is in the later sets.
        String executed = GtidSets.executed(replica);
        String others = OtherSources.gtids(replica, replicaSet.nodes());
        Deadline lasting = Deadline.after(LASTING);
        Deadline longest = Deadline.after(underWay);
        AtomicReference<String> extra = new AtomicReference<>();
        // Longer than both, so that it never passes: then the difference counts.
        Await.of(primary + ": what " + replica + " has", underWay.plus(LASTING))
                .every(BETWEEN)
                .untilNo(() -> {
                    String known = GtidSets.executed(primary) + "," + others;
                    extra.set(GtidSets.subtract(primary, executed, known));
                    // Where the others take writes too, what one of them has committed may be on its way to the
                    // primary.
                    boolean mayCome = replicaSet.isMultiPrimary() || extra.get().contains(primary.serverUuid());
                    boolean over = extra.get().isEmpty() || (mayCome ? longest : lasting).hasPassed();
                    return over ? Optional.empty() : Optional.of("it lacks " + extra);
                });
        return extra.get();
    }

    private static Optional<String> some(String gtids) {
        return Optional.of(gtids).filter(set -> !set.isEmpty());
    }
}
