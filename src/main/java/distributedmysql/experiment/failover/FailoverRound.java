package distributedmysql.experiment.failover;

import distributedmysql.fault.FaultRecord;
import distributedmysql.fault.KillAndRestart;
import distributedmysql.fault.Nemesis;
import distributedmysql.history.EventLog;
import distributedmysql.history.RunClock;
import distributedmysql.history.SemiSyncReading;
import distributedmysql.monitor.SemiSyncWatch;
import distributedmysql.mysql.HookRun;
import distributedmysql.mysql.Node;
import distributedmysql.mysql.TopologyException;
import distributedmysql.topology.Ending;
import distributedmysql.topology.ReplicaSet;
import distributedmysql.topology.replicator.FailoverManager;
import distributedmysql.topology.replicator.FailoverRecord;
import distributedmysql.topology.replicator.FailoverRecord.Detection;
import distributedmysql.topology.replicator.ReturnedServer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One kill of the primary under load: it is found dead, a replica is promoted, and the other servers follow it again, as
 * far as whoever manages them brings that about. Used by one thread; {@link #close()} may be called by another.
 */
final class FailoverRound implements AutoCloseable {
    private static final Duration WATCH_INTERVAL = Duration.ofMillis(50);
    /** What is killed stays so until the round restarts it. */
    private static final Duration UNTIL_HEALED = Duration.ofDays(1);

    private final ReplicaSet replicaSet;
    private final FailoverSettings settings;
    private final RunClock clock;
    private final boolean watched;
    private final boolean commanded;
    private final Nemesis nemesis;
    private final FailoverManager manager;
    private final List<ReturnedServer> returns = new ArrayList<>();
    private List<SemiSyncReading> readings = List.of();
    private final long fromMicros;
    private volatile long untilMicros = Long.MAX_VALUE;
    private volatile long killMicros = Long.MAX_VALUE;
    private volatile long repairedMicros = Long.MAX_VALUE;
    private volatile FailoverRecord record;
    private final Instant begun = Instant.now();
    private final Node former;
    private volatile boolean ended;
    private volatile boolean succeeded;

    /**
     * @param watched whether replication is semi-synchronous
     * @param fromMicros no request of an earlier round arrived after this time, and none of this one before it
     * @throws TopologyException if the servers are not what a failover can begin with
     */
    FailoverRound(ReplicaSet replicaSet, FailoverPlan plan, EventLog events, boolean watched, long fromMicros) {
        this.replicaSet = replicaSet;
        this.settings = plan.settings();
        this.clock = events.clock();
        this.watched = watched;
        this.fromMicros = fromMicros;
        this.former = replicaSet.primary();
        this.commanded = plan.replicator().commands();
        this.manager = plan.replicator().failover();
        List<Nemesis.Planned> faults = new ArrayList<>();
        faults.add(new Nemesis.Planned(
                settings.before(), new KillAndRestart(replicaSet, replicaSet.primary()), UNTIL_HEALED));
        faults.addAll(plan.further().apply(replicaSet));
        this.nemesis = new Nemesis(events, faults);
    }

    /** @throws TopologyException if something did not come about; the faults are healed all the same */
    void run() {
        try {
            failOver();
            succeeded = true;
        } finally {
            repairedMicros = clock.micros();
            ended = true;
            manager.close();
        }
    }

    private void failOver() {
        try {
            Detection death = awaitDeath();
            Ending.refuse("the promotion of a replica");
            record = manager.promote(death);
            manager.settle();
        } finally {
            nemesis.close();
        }
        if (!commanded) {
            // A server of ours is started again by whoever brings it back; for others there is only the user's command.
            killed();
        }
        for (Node node : manager.outside()) {
            Ending.refuse("the return of " + node);
            returns.add(manager.bringBack(node, settings.deadline()));
        }
        String promoted = record.failed().get(record.promoted());
        if (promoted != null) {
            throw new TopologyException(promoted);
        }
    }

    /** Semi-synchronous replication is watched until the primary is gone: from then on no replica may be left to wait for. */
    private Detection awaitDeath() {
        Duration deadline = settings.before().plus(settings.deadline());
        killMicros = clock.micros() + settings.before().toNanos() / 1_000;
        if (!watched) {
            nemesis.start();
            return manager.awaitDeath(deadline, this::killed);
        }
        try (SemiSyncWatch watch = new SemiSyncWatch(replicaSet, clock, WATCH_INTERVAL)) {
            watch.readNow();
            watch.start();
            nemesis.start();
            try {
                return manager.awaitDeath(deadline, this::killed);
            } finally {
                readings = watch.readings();
            }
        }
    }

    /** No request of this round arrives after this time, and none of a later one before it. The first call counts. */
    void loadEnded(long micros) {
        untilMicros = Math.min(untilMicros, micros);
    }

    /** Only if a server was promoted. */
    MeasuredPromotion measured() {
        return new MeasuredPromotion(record.promotion(), fromMicros, untilMicros);
    }

    /** Whether a request that failed did so between the kill and the end of what the round repairs. */
    boolean isOutage(long arrivedMicros, long endedMicros) {
        return endedMicros >= killMicros && arrivedMicros <= repairedMicros;
    }

    /** What became of it, for the console; only if a server was promoted. */
    List<String> lines() {
        List<String> lines = new ArrayList<>(List.of(changed()));
        returns.forEach(returned -> lines.add(returned.node().name() + became(returned)));
        return lines;
    }

    private String changed() {
        Optional<Long> killed = killedMicros();
        FailoverRecord.Detection death = record.detection();
        if (!death.probed()) {
            return record.former() + " was killed; " + record.promoted() + " took writes after "
                    + since(killed, record.promotedMicros());
        }
        return record.former() + " is dead, found after " + since(killed, death.detectedMicros()) + "; "
                + record.promoted() + " took writes after "
                + (record.promotedMicros() - death.detectedMicros()) / 1_000 + " ms more";
    }

    private static String since(Optional<Long> killed, long micros) {
        return killed.map(at -> (micros - at) / 1_000 + " ms").orElse("an unknown time");
    }

    private static String became(ReturnedServer returned) {
        if (!returned.problem().isEmpty()) {
            return " does not replicate from the new primary: " + returned.problem();
        }
        boolean diverged = returned.rejoin() != null && returned.rejoin().diverged();
        return " is a replica again"
                + (diverged
                        ? ", rebuilt: it had diverged by " + returned.rejoin().extraGtids()
                        : "");
    }

    /** Null if nothing was promoted. */
    FailoverRecord record() {
        return record;
    }

    List<ReturnedServer> returns() {
        return returns;
    }

    List<SemiSyncReading> readings() {
        return readings;
    }

    /** The kill first, then the further ones, in order of time. */
    List<FaultRecord> faults() {
        return nemesis.records();
    }

    /**
     * When the primary was killed, on the run's clock: the fault's record says so late where it takes the user's command
     * its time to end. A probe that failed before the command was begun failed for another reason.
     */
    Optional<Long> killedMicros() {
        Long firstFailure = record == null ? null : record.detection().firstFailureMicros();
        return kill().map(FaultRecord::injectedMicros)
                .map(injected -> firstFailure == null
                        ? injected
                        : Long.valueOf(Math.max(killMicros, Math.min(injected, firstFailure))));
    }

    /** @throws TopologyException if the kill has failed, or the end of it */
    private Optional<Long> killed() {
        Optional<FaultRecord> kill = kill();
        kill.map(FaultRecord::error).ifPresent(error -> {
            throw new TopologyException(error);
        });
        return kill.map(FaultRecord::injectedMicros);
    }

    private Optional<FaultRecord> kill() {
        return faults().stream()
                .filter(fault -> fault.name().equals(KillAndRestart.NAME))
                .findFirst();
    }

    /** The primary that it is about. */
    Node former() {
        return former;
    }

    /** Whether {@link #run} has returned; not if it has thrown. */
    boolean hasSucceeded() {
        return succeeded;
    }

    /** Each of the user's commands that it has run so far, in order of time. */
    List<HookRun> hooks() {
        Stream<HookRun> ofServers = replicaSet.nodes().stream()
                .flatMap(node -> node.control().stream())
                .flatMap(control -> control.hooks().stream());
        return Stream.concat(ofServers, manager.hooks().stream())
                .filter(run -> !run.begun().isBefore(begun))
                .sorted(Comparator.comparing(HookRun::begun))
                .toList();
    }

    /** A command of the user's that is running comes to its end before the one that starts the killed server is run. */
    @Override
    public void close() {
        if (!ended) {
            manager.awaitHook();
        }
        nemesis.close();
        manager.close();
    }
}
