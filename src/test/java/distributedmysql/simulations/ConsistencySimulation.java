package distributedmysql.simulations;

import distributedmysql.config.RunPart;
import distributedmysql.gatling.ClusterSimulation;

/** Consistency only. */
public final class ConsistencySimulation extends ClusterSimulation {
    public ConsistencySimulation() {
        super(RunPart.CONSISTENCY);
        play(new ConsistencyStages(run()));
    }
}
