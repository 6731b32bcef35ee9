package distributedmysql.simulations;

import distributedmysql.gatling.ClusterSimulation;

/** Performance only. */
public final class PerformanceSimulation extends ClusterSimulation {
    public PerformanceSimulation() {
        play(new PerformanceStages(run()));
    }
}
