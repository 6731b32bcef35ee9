package distributedmysql.simulations;

import distributedmysql.config.RunPart;
import distributedmysql.gatling.ClusterSimulation;

/** Everything, one after the other: the main job. */
public final class FullSimulation extends ClusterSimulation {
    public FullSimulation() {
        super(RunPart.values());
        play(new PerformanceStages(run()), new ConsistencyStages(run()), new StabilityStages(run()));
    }
}
