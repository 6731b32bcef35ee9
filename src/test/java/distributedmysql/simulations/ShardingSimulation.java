package distributedmysql.simulations;

import static distributedmysql.experiment.Experiments.SHARDING;

import distributedmysql.run.ClusterSimulation;

/** How keys spread over shards. */
public final class ShardingSimulation extends ClusterSimulation {
    public ShardingSimulation() {
        super(SHARDING);
        play();
    }
}
