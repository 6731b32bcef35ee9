package distributedmysql.simulations;

import static distributedmysql.experiment.Experiments.CONNECTIONS;
import static distributedmysql.experiment.Experiments.FAILOVER;
import static distributedmysql.experiment.Experiments.SOAK;

import distributedmysql.run.ClusterSimulation;

/** Stability only. */
public final class StabilitySimulation extends ClusterSimulation {
    public StabilitySimulation() {
        super(SOAK, CONNECTIONS, FAILOVER);
        play();
    }
}
