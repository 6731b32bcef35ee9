package distributedmysql.simulations;

import static distributedmysql.experiment.Experiments.CONNECTIONS;
import static distributedmysql.experiment.Experiments.CONSISTENCY;
import static distributedmysql.experiment.Experiments.FAILOVER;
import static distributedmysql.experiment.Experiments.PERFORMANCE;
import static distributedmysql.experiment.Experiments.SOAK;

import distributedmysql.run.ClusterSimulation;

/** Everything, one after the other: the main job. */
public final class FullSimulation extends ClusterSimulation {
    public FullSimulation() {
        super(PERFORMANCE, CONSISTENCY, SOAK, CONNECTIONS, FAILOVER);
        play();
    }
}
