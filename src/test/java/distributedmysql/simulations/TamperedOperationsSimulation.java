package distributedmysql.simulations;

import distributedmysql.experiment.backup.TamperedBackup;
import distributedmysql.run.ClusterSimulation;

/** What {@link OperationsSimulationIT} plays: backups with which somebody tampers, as the property {@code tampered} says. */
public final class TamperedOperationsSimulation extends ClusterSimulation {
    public TamperedOperationsSimulation() {
        super(TamperedBackup.valueOf(System.getProperty("tampered")));
        play();
    }
}
