package distributedmysql.experiment;

import distributedmysql.experiment.backup.BackupExperiment;
import distributedmysql.experiment.connections.ConnectionsExperiment;
import distributedmysql.experiment.consistency.ConsistencyExperiment;
import distributedmysql.experiment.failover.FailoverExperiment;
import distributedmysql.experiment.groupconsistency.GroupConsistencyExperiment;
import distributedmysql.experiment.performance.PerformanceExperiment;
import distributedmysql.experiment.quorumloss.QuorumLossExperiment;
import distributedmysql.experiment.sharding.ShardingExperiment;
import distributedmysql.experiment.soak.SoakExperiment;
import distributedmysql.experiment.writeconflicts.WriteConflictsExperiment;
import distributedmysql.run.Experiment;
import distributedmysql.run.ExperimentList;
import java.util.List;

/** All experiments, in the order of the main job; the one place that names each of them. */
public final class Experiments implements ExperimentList {
    public static final Experiment PERFORMANCE = new PerformanceExperiment();
    public static final Experiment CONSISTENCY = new ConsistencyExperiment();
    public static final Experiment SOAK = new SoakExperiment();
    public static final Experiment CONNECTIONS = new ConnectionsExperiment();
    public static final Experiment GROUP_CONSISTENCY = new GroupConsistencyExperiment();
    public static final Experiment WRITE_CONFLICTS = new WriteConflictsExperiment();
    public static final Experiment QUORUM_LOSS = new QuorumLossExperiment();
    public static final Experiment SHARDING = new ShardingExperiment();
    public static final Experiment BACKUP = new BackupExperiment();

    /** Last, because it changes the roles of the servers. */
    public static final Experiment FAILOVER = new FailoverExperiment();

    @Override
    public List<Experiment> experiments() {
        return List.of(
                PERFORMANCE,
                CONSISTENCY,
                SOAK,
                CONNECTIONS,
                GROUP_CONSISTENCY,
                WRITE_CONFLICTS,
                QUORUM_LOSS,
                SHARDING,
                BACKUP,
                FAILOVER);
    }
}
