package distributedmysql.simulations;

import static distributedmysql.experiment.Experiments.CONSISTENCY;

import distributedmysql.run.ClusterSimulation;

/** Consistency only. */
public final class ConsistencySimulation extends ClusterSimulation {
    public ConsistencySimulation() {
        super(CONSISTENCY);
        play();
    }
}
