package distributedmysql.simulations;

import distributedmysql.config.RunPart;
import distributedmysql.gatling.ClusterSimulation;

/** Performance only. */
public final class PerformanceSimulation extends ClusterSimulation {
    public PerformanceSimulation() {
        super(RunPart.PERFORMANCE);
        play(new PerformanceStages(run()));
    }
}
