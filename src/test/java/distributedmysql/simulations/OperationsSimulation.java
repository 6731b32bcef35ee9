package distributedmysql.simulations;

import static distributedmysql.experiment.Experiments.BACKUP;

import distributedmysql.run.ClusterSimulation;

/** What is done to servers that hold data, between a load and the ledger. */
public final class OperationsSimulation extends ClusterSimulation {
    public OperationsSimulation() {
        super(BACKUP);
        play();
    }
}
