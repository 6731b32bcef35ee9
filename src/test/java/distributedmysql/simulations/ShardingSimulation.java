package distributedmysql.simulations;

import static distributedmysql.experiment.Experiments.CONNECTIONS;
import static distributedmysql.experiment.Experiments.CONSISTENCY;
import static distributedmysql.experiment.Experiments.FAILOVER;
import static distributedmysql.experiment.Experiments.PERFORMANCE;
import static distributedmysql.experiment.Experiments.SHARDING;
import static distributedmysql.experiment.Experiments.SOAK;

import distributedmysql.run.ClusterSimulation;

/** Everything of the main job, and what is special to shards: for {@code -Dembedded.shards=3}. */
public final class ShardingSimulation extends ClusterSimulation {
    public ShardingSimulation() {
        super(PERFORMANCE, CONSISTENCY, SOAK, CONNECTIONS, SHARDING, FAILOVER);
        play();
    }
}
