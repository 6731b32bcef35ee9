package distributedmysql.topology.replicator;

import distributedmysql.history.Promotion;
import distributedmysql.history.RunClock;
import distributedmysql.mysql.GtidSets;
import distributedmysql.mysql.HookRun;
import distributedmysql.mysql.Mysql;
import distributedmysql.mysql.Node;
import distributedmysql.mysql.TopologyException;
import distributedmysql.topology.Await;
import distributedmysql.topology.Ending;
import distributedmysql.topology.OtherSources;
import distributedmysql.topology.OwnServer;
import distributedmysql.topology.ReplicaSet;
import distributedmysql.topology.Replication;
import distributedmysql.topology.Wait;
import distributedmysql.topology.external.Hook;
import distributedmysql.topology.replicator.FailoverRecord.Detection;
import distributedmysql.topology.replicator.FailoverRecord.Fencing;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A failover of servers whose replication is not ours: a replica is promoted by the user's command, or by a failover
 * manager of theirs. This one looks at the servers, and makes what it sees the replica set's roles; it changes neither
 * replication nor a variable of any server.
 */
public final class ObservedFailover implements FailoverManager {
    private final ReplicaSet replicaSet;
    private final FailoverOptions options;
    private final RunClock clock;
    private final Optional<Hook> promote;
    private final PrimaryProbe probe;
    private final ObservedRoles roles;
    private volatile PromoteCommand command;

    /**
     * @param promote the user's command; empty where a failover manager promotes
     * @throws TopologyException if a replica does not replicate from the primary, or takes writes already, so that
     *     nobody could tell when it has been promoted
     */
    public ObservedFailover(ReplicaSet replicaSet, FailoverOptions options, RunClock clock, Optional<Hook> promote) {
        this.replicaSet = replicaSet;
        this.options = options;
        this.clock = clock;
        this.promote = promote;
        this.probe = new PrimaryProbe(replicaSet, options, clock);
        this.roles = new ObservedRoles(replicaSet, options.probeTimeout());
        probe.isAnswered();
        try {
            outside().forEach(this::requireReplica);
        } catch (TopologyException e) {
            close();
            throw e;
        }
    }

    private void requireReplica(Node node) {
        String problem;
        try {
            problem = notAReplica(node, options.followDeadline());
        } catch (TopologyException e) {
            problem = e.getMessage();
        }
        if (!problem.isEmpty()) {
            throw new TopologyException("nothing was killed: " + node + ": " + problem);
        }
    }

    private String notAReplica(Node node, Duration deadline) {
        String what = node + ": its state";
        Node primary = replicaSet.primary();
        String problem = Replication.whyNotRunning(
                Await.success(what, deadline, () -> Replication.statusFrom(node, primary)), primary);
        return problem.isEmpty() && Await.success(what, deadline, () -> roles.takesWrites(node))
                ? "takes writes (read_only = OFF), so it could not be told when it is promoted; replicas must be read-only"
                : problem;
    }

    /**
     * With a command to promote: by our own probes. Without: when the primary was killed, or somebody has promoted a
     * replica, for when and how that somebody finds out is not ours to know.
     */
    @Override
    public Detection awaitDeath(Duration deadline, Supplier<Optional<Long>> kill) {
        if (promote.isPresent()) {
            return probe.awaitDeath(deadline, kill);
        }
        Await.until(
                replicaSet.primary() + ": the end of external.hooks.kill",
                deadline,
                () -> roles.promoted().isPresent() || kill.get().isPresent(),
                () -> "not killed yet");
        return new Detection(
                null, clock.micros(), false, "it was killed; that it is dead was a failover manager's to find out");
    }

    @Override
    public FailoverRecord promote(Detection detection) {
        Node former = replicaSet.primary();
        long began = clock.micros();
        Candidates candidates = Candidates.asTheyAre(former, replicaSet.replicas(), options);
        Map<Node, String> errant = Map.of();
        if (promote.isPresent()) {
            Candidates.Choice choice = candidates.choose(former, probe.lastExecuted(), options.followDeadline());
            errant = choice.errant();
            begin(promote.get(), choice.best(), former);
        }
        long chosen = clock.micros();
        Node promoted = awaitPromoted();
        long promotedMicros = clock.micros();
        roles.adopt(promoted);
        long routed = clock.micros();

        boolean dead = !OwnServer.killable(former).isAlive();
        return new FailoverRecord(
                former.name(),
                promoted.name(),
                detection,
                dead ? Fencing.DEAD : Fencing.NONE,
                began,
                began,
                chosen,
                chosen,
                promotedMicros,
                routed,
                routed,
                candidates.byName(),
                Candidates.byName(errant),
                Map.of(),
                candidates.unreachable(),
                // When it was found to take writes, not before: until then, clients were sent to the former one.
                new Promotion(former.serverUuid(), promoted.serverUuid(), promotedMicros, dead));
    }

    /** Either before the run is ending, so that {@link #awaitHook} finds it, or not at all. */
    private synchronized void begin(Hook hook, Node best, Node former) {
        Ending.refuse(hook.key());
        command = PromoteCommand.start(hook, best, former, options.followDeadline());
    }

    @Override
    public void awaitHook() {
        PromoteCommand running;
        synchronized (this) {
            running = command;
        }
        if (running != null) {
            running.awaitEnd();
        }
        roles.promoted().ifPresent(roles::adopt);
    }

    @Override
    public List<HookRun> hooks() {
        return promote.map(Hook::runs).orElse(List.of());
    }

    private Node awaitPromoted() {
        Wait wait = Wait.atMost("a replica to take writes", options.followDeadline());
        try (wait) {
            return takingWrites();
        }
    }

    private Node takingWrites() {
        long start = System.nanoTime();
        while (true) {
            // Asked first: a command that promotes and then fails has promoted.
            boolean ended = command != null && command.hasEnded();
            boolean ending = Ending.hasBegun() && (command == null || ended);
            boolean late = System.nanoTime() - start > options.followDeadline().toNanos();
            Optional<Node> promoted = roles.promoted();
            if (promoted.isPresent()) {
                return promoted.get();
            }
            if (ended) {
                command.awaitSuccess();
            }
            if (ending) {
                throw new TopologyException("the run is ending, and no replica takes writes: " + roles.states());
            }
            if (late) {
                String after = ended ? ", after external.hooks.promote had ended without an error" : "";
                throw new TopologyException("waited " + options.followDeadline().toMillis()
                        + " ms for a replica to take writes" + after + ": " + roles.states());
            }
            Await.pause("a replica to take writes");
        }
    }

    /** @throws TopologyException if the user's command failed after it had promoted a replica */
    @Override
    public void settle() {
        if (command != null) {
            command.awaitSuccess();
        }
    }

    /** All but the primary: whom they follow is not ours to say. */
    @Override
    public List<Node> outside() {
        return replicaSet.nodes().stream()
                .filter(node -> !node.equals(replicaSet.primary()))
                .toList();
    }

    /** Looks at it until it replicates from the new primary, or the deadline passes. */
    @Override
    public ReturnedServer bringBack(Node node, Duration deadline) {
        try (Wait wait = Wait.atMost(node + " to replicate from " + replicaSet.primary(), deadline)) {
            return lookAt(node, deadline, wait);
        }
    }

    private ReturnedServer lookAt(Node node, Duration deadline, Wait wait) {
        long start = System.nanoTime();
        while (true) {
            RejoinResult rejoin = null;
            String problem;
            try {
                String extra = Mysql.ask(node, "be compared", session -> {
                    session.requireItself(node);
                    return GtidSets.subtract(
                            session,
                            CommandedFailover.extra(node, replicaSet.primary(), deadline),
                            OtherSources.gtids(node, replicaSet.nodes()));
                });
                long checked = clock.micros();
                problem = extra.isEmpty()
                        ? Replication.whyNotFollowing(node, replicaSet.primary())
                        : "has diverged by " + extra;
                rejoin = new RejoinResult(node.name(), checked, problem.isEmpty() ? clock.micros() : null, extra);
            } catch (TopologyException e) {
                problem = e.getMessage();
            }
            if (problem.isEmpty() || System.nanoTime() - start > deadline.toNanos()) {
                changeReplicas(node, problem.isEmpty());
                return new ReturnedServer(node, rejoin, null, problem);
            }
            wait.state(problem);
            Await.pause(options.probeInterval(), node + " to replicate from " + replicaSet.primary());
        }
    }

    private void changeReplicas(Node node, boolean follows) {
        List<Node> replicas = new ArrayList<>(replicaSet.replicas());
        replicas.remove(node);
        if (follows) {
            replicas.add(node);
        }
        replicaSet.changeRoles(replicaSet.primary(), replicas);
    }

    @Override
    public void close() {
        roles.close();
    }
}
