package distributedmysql.topology.replicator;

import distributedmysql.history.Promotion;
import distributedmysql.history.RunClock;
import distributedmysql.mysql.Credentials;
import distributedmysql.mysql.GtidSets;
import distributedmysql.mysql.Node;
import distributedmysql.mysql.ReplicaStatus;
import distributedmysql.mysql.TopologyException;
import distributedmysql.topology.Await;
import distributedmysql.topology.OwnServer;
import distributedmysql.topology.ReplicaSet;
import distributedmysql.topology.Replication;
import distributedmysql.topology.replicator.FailoverRecord.Detection;
import distributedmysql.topology.replicator.FailoverRecord.Fencing;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The failover manager of servers that are ours: finds out that the primary is dead, promotes the most advanced replica,
 * lets the others follow it, and takes the former primary back if it has nothing extra. It needs no help from outside.
 * Used by one thread at a time.
 *
 * <p>Every method throws {@link TopologyException} if a server that is needed does not answer or a deadline passes.
 */
public final class CommandedFailover implements FailoverManager {
    private final ReplicaSet replicaSet;
    private final FailoverOptions options;
    private final RunClock clock;
    private final Optional<SemiSync> semiSync;
    private final Credentials account;
    private final PrimaryProbe probe;

    /**
     * Remembers what the primary has executed, to tell errant transactions from those that it made.
     *
     * @param semiSync is switched over with the roles
     * @throws TopologyException if replication is not ours to change
     */
    public CommandedFailover(
            ReplicaSet replicaSet, FailoverOptions options, RunClock clock, Optional<SemiSync> semiSync) {
        this.replicaSet = replicaSet;
        this.options = options;
        this.clock = clock;
        this.semiSync = semiSync;
        this.account = replicaSet
                .replicationAccount()
                .orElseThrow(() -> new TopologyException(
                        "failover: the replication of " + replicaSet.nodes() + " is not ours to change"));
        this.probe = new PrimaryProbe(replicaSet, options, clock);
        probe.isAnswered();
    }

    /** As {@link #awaitDeath(Duration, Supplier)}, of a primary that dies by itself. */
    public Detection awaitDeath(Duration deadline) {
        return awaitDeath(deadline, Optional::empty);
    }

    @Override
    public Detection awaitDeath(Duration deadline, Supplier<Optional<Long>> kill) {
        return probe.awaitDeath(deadline, kill);
    }

    /**
     * As {@link #promote(Detection)}, because the caller says that the primary is dead. Of a primary that lives, what no
     * replica has received is lost.
     */
    public FailoverRecord promote() {
        return promote(new Detection(null, clock.micros(), false, "the caller said so"));
    }

    /**
     * Fences the primary, promotes the replica that has received most, and lets the others follow it. When this returns,
     * the roles in the replica set have changed. Where no other follows, a semi-synchronous primary takes writes without
     * waiting for anybody, until {@link #rejoin} brings it a replica: its writes would hang otherwise.
     */
    @Override
    public FailoverRecord promote(Detection detection) {
        Node former = replicaSet.primary();
        Fencing fencing = Fence.apply(former, options, detection.probed());
        long fenced = clock.micros();

        Candidates candidates = Candidates.of(former, replicaSet.replicas(), options);
        long stopped = clock.micros();
        Candidates.Choice choice = candidates.choose(former, probe.lastExecuted(), options.followDeadline());
        Node best = choice.best();
        long chosen = clock.micros();

        persist(best + ": its applier to be started", () -> Replication.startApplier(best));
        Replication.awaitGtid(best, candidates.set(best), options.applyDeadline());
        long applied = clock.micros();

        persist(best + ": its source to be forgotten", () -> Replication.forgetSource(best));
        boolean lone = candidates.nodes().size() == 1;
        semiSync.ifPresent(mode -> takeOver(mode, best, lone));
        long promoting = clock.micros();
        persist(best + ": to take writes", () -> Replication.setReadOnly(best, false));
        long promoted = clock.micros();

        List<Node> others =
                candidates.nodes().stream().filter(node -> !node.equals(best)).toList();
        replicaSet.changeRoles(best, others);
        long routed = clock.micros();

        Map<String, String> diverged = new LinkedHashMap<>();
        Map<String, String> failed = new LinkedHashMap<>(candidates.unreachable());
        List<Node> following = new ArrayList<>();
        for (Node other : others) {
            letFollow(other, best, following, diverged, failed);
        }
        replicaSet.changeRoles(best, following);
        if (following.isEmpty() && !lone) {
            semiSync.ifPresent(mode -> becomeLone(mode, best, failed));
        }
        return new FailoverRecord(
                former.name(),
                best.name(),
                detection,
                fencing,
                fenced,
                stopped,
                chosen,
                applied,
                promoted,
                routed,
                clock.micros(),
                candidates.byName(),
                Candidates.byName(choice.errant()),
                diverged,
                failed,
                new Promotion(former.serverUuid(), best.serverUuid(), promoting, fencing != Fencing.NONE));
    }

    /**
     * Takes a former primary back as a replica, starting it if it has ended, unless it has transactions that the primary
     * lacks: MySQL would let it rejoin without an error, and fail only when keys conflict.
     */
    public RejoinResult rejoin(Node former, Duration deadline) {
        OwnServer.startIfEnded(former, OwnServer.START_DEADLINE);
        Await.success(former + ": to be read-only", deadline, () -> Replication.setReadOnly(former, true));
        Node primary = replicaSet.primary();
        String extra = extra(former, primary, deadline);
        long checked = clock.micros();
        if (!extra.isEmpty()) {
            return new RejoinResult(former.name(), checked, null, extra);
        }
        follow(former, primary, deadline);
        semiSync.ifPresent(mode -> mode.protect(primary, deadline));
        List<Node> replicas = new ArrayList<>(replicaSet.replicas());
        if (!replicas.contains(former)) {
            replicas.add(former);
        }
        replicaSet.changeRoles(primary, replicas);
        return new RejoinResult(former.name(), checked, clock.micros(), "");
    }

    /**
     * Makes a server of ours a replica whatever became of it: what it has is thrown away, and everything that the
     * primary has is copied to it.
     *
     * @throws TopologyException also if it was not started by the framework
     */
    public RejoinResult rebuild(Node node, Duration deadline) {
        Rebuild.fromPrimary(node, replicaSet.primary(), deadline);
        return rejoin(node, deadline);
    }

    /**
     * Whatever an earlier failover that came to no end has left: the primary takes writes, and every other server follows
     * it.
     */
    public void restore(Duration deadline) {
        Node primary = replicaSet.primary();
        OwnServer.startIfEnded(primary, OwnServer.START_DEADLINE);
        Await.success(primary + ": to take writes", deadline, () -> Replication.setReadOnly(primary, false));
        for (Node node : replicaSet.nodes()) {
            if (!node.equals(primary) && !isFollowing(node, primary, deadline)) {
                bringBack(node, deadline);
            }
        }
    }

    private boolean isFollowing(Node node, Node primary, Duration deadline) {
        if (!replicaSet.replicas().contains(node)
                || node.isOurs() && !OwnServer.control(node).isAlive()) {
            return false;
        }
        String what = node + ": whom it follows";
        if (!Await.success(what, deadline, () -> Replication.hasSource(node))) {
            return false;
        }
        ReplicaStatus status = Await.success(what, deadline, () -> Replication.status(node));
        return status.running() && primary.serverUuid().equals(status.sourceUuid());
    }

    /** Those that could not follow the new primary, and the former one. */
    @Override
    public List<Node> outside() {
        return replicaSet.outside();
    }

    /** As {@link #rejoin}; a server that has diverged, or cannot replicate for another reason, is rebuilt. */
    @Override
    public ReturnedServer bringBack(Node node, Duration deadline) {
        RejoinResult rejoin = null;
        try {
            rejoin = rejoin(node, deadline);
            if (!rejoin.diverged()) {
                return new ReturnedServer(node, rejoin, null, "");
            }
        } catch (TopologyException e) {
            // It cannot replicate as it is, for whatever reason; a copy of the primary can.
            return new ReturnedServer(node, null, rebuild(node, deadline), "");
        }
        return new ReturnedServer(node, rejoin, rebuild(node, deadline), "");
    }

    private void takeOver(SemiSync mode, Node best, boolean lone) {
        persist(best + ": semi-synchronous replication", () -> {
            if (lone) {
                mode.becomeLonePrimary(best);
            } else {
                mode.becomePrimary(best);
            }
        });
    }

    /** The roles have changed by now, whether or not this comes about. */
    private void becomeLone(SemiSync mode, Node best, Map<String, String> failed) {
        try {
            takeOver(mode, best, true);
        } catch (TopologyException e) {
            failed.put(best.name(), e.getMessage());
        }
    }

    private void persist(String what, Runnable step) {
        Await.success(what, options.followDeadline(), step);
    }

    private void letFollow(
            Node other, Node primary, List<Node> following, Map<String, String> diverged, Map<String, String> failed) {
        try {
            persist(other + ": its replication to be stopped", () -> Replication.stopThreads(other));
            String extra = extra(other, primary, options.followDeadline());
            if (!extra.isEmpty()) {
                diverged.put(other.name(), extra);
                return;
            }
            follow(other, primary, options.followDeadline());
            following.add(other);
        } catch (TopologyException e) {
            failed.put(other.name(), e.getMessage());
        }
    }

    private void follow(Node node, Node primary, Duration deadline) {
        semiSync.ifPresent(mode -> mode.becomeReplica(node, deadline));
        Replication.follow(node, primary, account, deadline);
    }

    /** The node's set is read first: what the primary executes meanwhile does no harm. */
    static String extra(Node node, Node primary, Duration deadline) {
        String what = node + ": to be compared with " + primary;
        String executed = Await.success(what, deadline, () -> GtidSets.executed(node));
        String all = Await.success(what, deadline, () -> GtidSets.executed(primary));
        return Await.success(what, deadline, () -> GtidSets.subtract(primary, executed, all));
    }
}
