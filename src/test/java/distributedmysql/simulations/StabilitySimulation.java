package distributedmysql.simulations;

import distributedmysql.gatling.ClusterSimulation;

/** Stability only. */
public final class StabilitySimulation extends ClusterSimulation {
    public StabilitySimulation() {
        play(new StabilityStages(run()));
    }
}
