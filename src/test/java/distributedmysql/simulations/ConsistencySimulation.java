package distributedmysql.simulations;

import distributedmysql.gatling.ClusterSimulation;

/** Consistency only. */
public final class ConsistencySimulation extends ClusterSimulation {
    public ConsistencySimulation() {
        play(new ConsistencyStages(run()));
    }
}
