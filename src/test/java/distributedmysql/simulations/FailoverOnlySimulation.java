package distributedmysql.simulations;

import distributedmysql.experiment.Experiments;
import distributedmysql.experiment.failover.FailoverExperiment;
import distributedmysql.fault.KillAndRestart;
import distributedmysql.fault.Nemesis;
import distributedmysql.fault.StopReplicationThread;
import distributedmysql.run.ClusterSimulation;
import distributedmysql.topology.ReplicaSet;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

/** What {@link FailoverSimulationIT} and others play: failovers and nothing else. */
public final class FailoverOnlySimulation extends ClusterSimulation {
    public FailoverOnlySimulation() {
        super(Experiments.FAILOVER);
        play();
    }

    /** The same, with the only replica dead in the first round, so that nobody can tell that the primary is. */
    public static final class WithoutReplicaAtFirstSimulation extends ClusterSimulation {
        public WithoutReplicaAtFirstSimulation() {
            super(new FailoverExperiment(deadReplica(new AtomicBoolean(true))));
            play();
        }

        private static Function<ReplicaSet, List<Nemesis.Planned>> deadReplica(AtomicBoolean first) {
            return replicaSet -> first.getAndSet(false)
                    ? List.of(new Nemesis.Planned(
                            Duration.ZERO,
                            new KillAndRestart(replicaSet, replicaSet.replicas().get(0)),
                            Duration.ofDays(1)))
                    : List.of();
        }
    }

    /** The same, with the replica's IO thread stopped before the kill. */
    public static final class WithStoppedIoThreadSimulation extends ClusterSimulation {
        public WithStoppedIoThreadSimulation() {
            super(new FailoverExperiment(replicaSet -> List.of(new Nemesis.Planned(
                    Duration.ofMillis(500),
                    StopReplicationThread.receiver(replicaSet.replicas().get(0)),
                    Duration.ofDays(1)))));
            play();
        }
    }
}
