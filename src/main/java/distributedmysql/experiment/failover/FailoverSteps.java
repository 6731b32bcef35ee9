package distributedmysql.experiment.failover;

import distributedmysql.report.Section;
import distributedmysql.run.ExperimentRun;
import distributedmysql.run.Step;
import distributedmysql.run.TestRun;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Failovers in each replication mode: while numbered writes go to the primary and reads to the replicas, the primary is
 * killed, a replica is promoted, and the others become its replicas. Writes and reads go on arriving all the while.
 */
final class FailoverSteps implements ExperimentRun {
    private final TestRun run;
    private final FailoverRun failover;
    private final FailoverSettings settings;
    private final Duration load;

    FailoverSteps(TestRun run, FailoverRun failover) {
        this.run = run;
        this.failover = failover;
        this.settings = run.settings().of(FailoverSettings.class);
        this.load = settings.before().plus(settings.after());
    }

    @Override
    public List<Step> steps() {
        failover.impossible().ifPresent(reason -> run.notRun(failover.impossibleChecks(), reason));
        if (run.replicaSet().isGroup() && settings.rounds() > 0) {
            run.notRun(failover.checksOfOtherServers(), "a group replicates as a group, whatever failover.modes says");
        }
        List<Step> steps = new ArrayList<>();
        for (FailoverMode mode : failover.modes()) {
            steps.add(run.alone(mode.name() + ": preparing the servers", FailoverSettings.AROUND, mode::begin));
            for (int round = 1; round <= settings.rounds(); round++) {
                steps.add(round(mode, mode.name() + ", round " + round));
            }
            steps.add(run.alone(mode.name() + ": reading what every server has", FailoverSettings.AROUND, mode::end));
        }
        if (!steps.isEmpty()) {
            steps.add(run.judge(failover.checks()));
        }
        return steps;
    }

    private Step round(FailoverMode mode, String name) {
        int requests = mode.load().requests(load);
        return mode.load().step(run, name, settings.round(), load, mode::isReady, () -> mode.round(requests));
    }

    @Override
    public Optional<Section> section(Set<String> busy) {
        FailoverSection section = new FailoverSection(
                failover.reports(), failover.faults(), run.shards().nameIfSeveral(0));
        return section.modes() == null && section.faults() == null ? Optional.empty() : Optional.of(section);
    }

    @Override
    public void close() {
        failover.close();
    }
}
