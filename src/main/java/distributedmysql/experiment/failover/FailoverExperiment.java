package distributedmysql.experiment.failover;

import distributedmysql.config.SettingsReader;
import distributedmysql.fault.Nemesis;
import distributedmysql.run.Experiment;
import distributedmysql.run.ExperimentRun;
import distributedmysql.run.TestRun;
import distributedmysql.topology.ReplicaSet;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** The primary is killed under load and a replica promoted: how long writes are down, and which acknowledged ones are lost. */
public final class FailoverExperiment implements Experiment {
    private final Function<ReplicaSet, List<Nemesis.Planned>> further;

    public FailoverExperiment() {
        this(replicaSet -> List.of());
    }

    /**
     * With faults besides the kill of the primary in each round.
     *
     * @param further is asked at the begin of each round, when the load begins
     */
    public FailoverExperiment(Function<ReplicaSet, List<Nemesis.Planned>> further) {
        this.further = further;
    }

    @Override
    public String key() {
        return "failover";
    }

    @Override
    public Map<String, String> formerKeys() {
        return Map.of("stability.failover", "failover");
    }

    @Override
    public FailoverSettings read(SettingsReader reader) {
        return FailoverSettings.read(reader);
    }

    @Override
    public Class<FailoverSection> section() {
        return FailoverSection.class;
    }

    @Override
    public ExperimentRun prepare(TestRun run) {
        run.shards().sayFirstOnly("failover: the kills go", run::say);
        return new FailoverSteps(
                run,
                new FailoverRun(
                        run.servers(), run.settings(), run.events(), replicaSet -> beside(run, replicaSet), run::say));
    }

    private List<Nemesis.Planned> beside(TestRun run, ReplicaSet replicaSet) {
        // A replica that is promoted takes what it has to every server; nobody could tell afterwards.
        run.lookForErrantTransactions();
        return further.apply(replicaSet);
    }
}
