package distributedmysql.gatling;

import distributedmysql.check.SemiSyncReading;
import distributedmysql.config.FailoverSettings;
import distributedmysql.fault.Detection;
import distributedmysql.fault.Failover;
import distributedmysql.fault.FailoverOptions;
import distributedmysql.fault.FailoverRecord;
import distributedmysql.fault.FaultRecord;
import distributedmysql.fault.KillAndRestart;
import distributedmysql.fault.Nemesis;
import distributedmysql.fault.Rejoin;
import distributedmysql.fault.SemiSync;
import distributedmysql.fault.SemiSyncWatch;
import distributedmysql.history.RunClock;
import distributedmysql.topology.Cluster;
import distributedmysql.topology.Node;
import distributedmysql.topology.TopologyException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * One kill of the primary under load: it is found dead, a replica is promoted, and every other server becomes a good
 * replica again, rebuilt if it has diverged. Used by one thread; {@link #close()} may be called by another.
 */
final class FailoverRound implements AutoCloseable {
    private static final Duration WATCH_INTERVAL = Duration.ofMillis(50);
    /** What is killed stays so until the round restarts it. */
    private static final Duration UNTIL_HEALED = Duration.ofDays(1);

    /**
     * A server that replicates again.
     *
     * @param rejoin what was found when it came back; null if that failed
     * @param rebuilt null if it need not be rebuilt
     */
    record Return(Node node, Rejoin rejoin, Rejoin rebuilt) {}

    private final Cluster cluster;
    private final FailoverSettings settings;
    private final RunClock clock;
    private final Optional<SemiSync> semiSync;
    private final Nemesis nemesis;
    private final Failover failover;
    private final List<Return> returns = new ArrayList<>();
    private List<SemiSyncReading> readings = List.of();
    private FailoverRecord record;

    /** @param further faults of this round; their times count from its begin, as that of the kill does */
    FailoverRound(
            Cluster cluster,
            FailoverSettings settings,
            RunClock clock,
            Optional<SemiSync> semiSync,
            Function<Cluster, List<Nemesis.Planned>> further) {
        this.cluster = cluster;
        this.settings = settings;
        this.clock = clock;
        this.semiSync = semiSync;
        List<Nemesis.Planned> plan = new ArrayList<>();
        plan.add(new Nemesis.Planned(settings.before(), new KillAndRestart(cluster, cluster.primary()), UNTIL_HEALED));
        plan.addAll(further.apply(cluster));
        this.nemesis = new Nemesis(clock, plan);
        FailoverOptions options = new FailoverOptions(
                settings.probeInterval(),
                settings.probeTimeout(),
                settings.failuresUntilDead(),
                true,
                settings.deadline(),
                settings.deadline());
        this.failover = new Failover(cluster, options, clock, semiSync);
    }

    /** @throws TopologyException if something did not come about; the faults are healed all the same */
    void run() {
        try {
            record = failover.promote(awaitDeath());
        } finally {
            nemesis.close();
        }
        for (Node node : cluster.nodes()) {
            if (!node.equals(cluster.primary()) && !cluster.replicas().contains(node)) {
                returns.add(bringBack(node));
            }
        }
    }

    /** Semi-synchronous replication is watched until the primary is gone: from then on no replica may be left to wait for. */
    private Detection awaitDeath() {
        Duration deadline = settings.before().plus(settings.deadline());
        if (semiSync.isEmpty()) {
            nemesis.start();
            return failover.awaitDeath(deadline);
        }
        try (SemiSyncWatch watch = new SemiSyncWatch(cluster, clock, WATCH_INTERVAL)) {
            watch.readNow();
            watch.start();
            nemesis.start();
            try {
                return failover.awaitDeath(deadline);
            } finally {
                readings = watch.readings();
            }
        }
    }

    private Return bringBack(Node node) {
        Rejoin rejoin = null;
        try {
            rejoin = failover.rejoin(node, settings.deadline());
            if (!rejoin.diverged()) {
                return new Return(node, rejoin, null);
            }
        } catch (TopologyException e) {
            // It cannot replicate as it is, for whatever reason; a copy of the primary can.
            return new Return(node, null, failover.rebuild(node, settings.deadline()));
        }
        return new Return(node, rejoin, failover.rebuild(node, settings.deadline()));
    }

    /** Null if nothing was promoted. */
    FailoverRecord record() {
        return record;
    }

    List<Return> returns() {
        return returns;
    }

    List<SemiSyncReading> readings() {
        return readings;
    }

    /** The kill first, then the further ones, in order of time. */
    List<FaultRecord> faults() {
        return nemesis.records();
    }

    /** When the primary was killed, on the run's clock. */
    Optional<Long> killedMicros() {
        return faults().stream()
                .filter(fault -> fault.name().equals(KillAndRestart.NAME))
                .map(FaultRecord::injectedMicros)
                .filter(java.util.Objects::nonNull)
                .findFirst();
    }

    @Override
    public void close() {
        nemesis.close();
    }
}
