package distributedmysql.experiment.quorumloss;

import distributedmysql.config.ReplicationMode;
import distributedmysql.fault.FaultRecord;
import distributedmysql.fault.KillAndRestart;
import distributedmysql.fault.Nemesis;
import distributedmysql.history.EventLog;
import distributedmysql.history.RunClock;
import distributedmysql.mysql.GroupView;
import distributedmysql.mysql.Node;
import distributedmysql.mysql.TopologyException;
import distributedmysql.topology.Await;
import distributedmysql.topology.Ending;
import distributedmysql.topology.GroupReplication;
import distributedmysql.topology.ReplicaSet;
import distributedmysql.topology.replicator.FailoverOptions;
import distributedmysql.topology.replicator.Replicator;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** One loss of the majority, and the recovery from it. Used by one thread; {@link #close()} and what it tells may be called by another. */
final class QuorumLossRound implements AutoCloseable {
    private static final Duration UNTIL_HEALED = Duration.ofDays(1);

    private final ReplicaSet group;
    private final Recovery recovery;
    private final QuorumLossSettings settings;
    private final RunClock clock;
    private final Node survivor;
    private final List<Node> killed;
    private final Nemesis nemesis;
    private volatile long beganMicros = Long.MAX_VALUE;
    private volatile long repairedMicros = Long.MAX_VALUE;
    private volatile QuorumLoss loss;

    /** Of the group as it is now. */
    QuorumLossRound(ReplicaSet group, Recovery recovery, QuorumLossSettings settings, EventLog events) {
        this.group = group;
        this.recovery = recovery;
        this.settings = settings;
        this.clock = events.clock();
        this.survivor = group.primary();
        this.killed = group.replicas();
        this.nemesis = new Nemesis(
                events,
                killed.stream()
                        .map(node ->
                                new Nemesis.Planned(settings.before(), new KillAndRestart(group, node), UNTIL_HEALED))
                        .toList());
    }

    Recovery recovery() {
        return recovery;
    }

    /** @throws TopologyException if something did not come about; what was killed is started again all the same */
    void run() {
        boolean limited = recovery == Recovery.BOOTSTRAP;
        GroupReplication.limitWaits(survivor, limited ? settings.majorityTimeout() : Duration.ZERO);
        try {
            try {
                loss = loseAndRecover();
            } finally {
                nemesis.close();
            }
            rejoin();
        } finally {
            repairedMicros = clock.micros();
            if (limited) {
                GroupReplication.limitWaits(survivor, Duration.ZERO);
            }
        }
    }

    private QuorumLoss loseAndRecover() {
        beganMicros = clock.micros() + settings.before().toNanos() / 1_000;
        nemesis.start();
        Duration deadline = settings.before().plus(settings.deadline());
        await("the death of all members but " + survivor, deadline, this::areKilled);
        long lost = clock.micros();
        await(survivor + ": to find the others unreachable", settings.deadline(), () -> !view().hasMajority());
        long noticed = clock.micros();
        if (recovery == Recovery.BOOTSTRAP) {
            await(survivor + ": to give up the group", settings.deadline(), this::hasGivenUp);
        } else {
            long until = noticed + settings.blocked().toNanos() / 1_000;
            await("quorum-loss.blocked", settings.blocked().plus(settings.deadline()), () -> clock.micros() >= until);
        }
        Ending.refuse("the recovery of " + survivor);
        long begun = clock.micros();
        if (recovery == Recovery.BOOTSTRAP) {
            GroupReplication.bootstrap(survivor, group.replicationAccount().orElseThrow(), settings.deadline());
        } else {
            GroupReplication.force(survivor, settings.deadline());
        }
        return new QuorumLoss(recovery, survivor.name(), lost, noticed, begun, clock.micros());
    }

    private void await(String what, Duration deadline, Await.Condition<TopologyException> condition) {
        Await.of(what, deadline).whileRunGoesOn().until(condition, () -> view().toString());
    }

    private boolean areKilled() {
        List<FaultRecord> faults = nemesis.records();
        faults.stream()
                .map(FaultRecord::error)
                .filter(error -> error != null)
                .findFirst()
                .ifPresent(error -> {
                    throw new TopologyException(error);
                });
        return faults.stream().allMatch(fault -> fault.injectedMicros() != null);
    }

    private GroupView view() {
        return GroupReplication.view(survivor);
    }

    private boolean hasGivenUp() {
        return view().member(survivor.serverUuid())
                .map(member -> member.state().equals("ERROR"))
                .orElse(true);
    }

    private void rejoin() {
        await(
                "the group of " + survivor + " alone",
                settings.deadline(),
                () -> group.outside().containsAll(killed));
        FailoverOptions defaults = FailoverOptions.defaults();
        FailoverOptions options = new FailoverOptions(
                defaults.probeInterval(),
                defaults.probeTimeout(),
                defaults.failuresUntilDead(),
                defaults.fence(),
                settings.deadline(),
                settings.deadline());
        Replicator.of(group, options, clock, Optional.empty()).enable(ReplicationMode.GROUP, Duration.ZERO);
    }

    /** Whether a request that failed did so between the kill and the end of what the round repairs. */
    boolean isOutage(long arrivedMicros, long endedMicros) {
        return endedMicros >= beganMicros && arrivedMicros <= repairedMicros;
    }

    /** Null if it did not come to that. */
    QuorumLoss loss() {
        return loss;
    }

    /** When all members were there again; only if {@link #run} has returned. */
    long repairedMicros() {
        return repairedMicros;
    }

    @Override
    public void close() {
        nemesis.close();
    }
}
