package distributedmysql.simulations;

import distributedmysql.config.RunPart;
import distributedmysql.gatling.ClusterSimulation;

/** Stability only. */
public final class StabilitySimulation extends ClusterSimulation {
    public StabilitySimulation() {
        super(RunPart.STABILITY);
        play(new StabilityStages(run()));
    }
}
