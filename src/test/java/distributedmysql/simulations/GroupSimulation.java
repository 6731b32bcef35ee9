package distributedmysql.simulations;

import static distributedmysql.experiment.Experiments.CONNECTIONS;
import static distributedmysql.experiment.Experiments.CONSISTENCY;
import static distributedmysql.experiment.Experiments.FAILOVER;
import static distributedmysql.experiment.Experiments.GROUP_CONSISTENCY;
import static distributedmysql.experiment.Experiments.PERFORMANCE;
import static distributedmysql.experiment.Experiments.QUORUM_LOSS;
import static distributedmysql.experiment.Experiments.SOAK;
import static distributedmysql.experiment.Experiments.WRITE_CONFLICTS;

import distributedmysql.run.ClusterSimulation;

/** Everything of the main job, and what is special to a group: for {@code -Dembedded.replication=group}. */
public final class GroupSimulation extends ClusterSimulation {
    public GroupSimulation() {
        super(PERFORMANCE, CONSISTENCY, SOAK, CONNECTIONS, GROUP_CONSISTENCY, WRITE_CONFLICTS, QUORUM_LOSS, FAILOVER);
        play();
    }
}
