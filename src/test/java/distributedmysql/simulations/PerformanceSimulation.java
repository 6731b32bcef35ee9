package distributedmysql.simulations;

import static distributedmysql.experiment.Experiments.PERFORMANCE;

import distributedmysql.run.ClusterSimulation;

/** Performance only. */
public final class PerformanceSimulation extends ClusterSimulation {
    public PerformanceSimulation() {
        super(PERFORMANCE);
        play();
    }
}
