package distributedmysql.experiment.failover;

import static io.gatling.javaapi.core.CoreDsl.exec;
import static io.gatling.javaapi.core.CoreDsl.feed;
import static io.gatling.javaapi.core.CoreDsl.rampUsers;
import static io.gatling.javaapi.core.CoreDsl.scenario;

import distributedmysql.report.Section;
import distributedmysql.run.ExperimentRun;
import distributedmysql.run.Step;
import distributedmysql.run.TestRun;
import io.gatling.javaapi.core.ActionBuilder;
import io.gatling.javaapi.core.PopulationBuilder;
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
        Duration expected = settings.round();
        int writes = arrivals(settings.writeRate());
        int reads = arrivals(settings.readRate());
        List<PopulationBuilder> populations = new ArrayList<>(
                run.alone(name, expected, () -> mode.round(writes + reads)).populations());
        populations.add(load(name + ", writes", mode.ledger().write(), writes));
        populations.add(load(name + ", reads", mode.ledger().read(), reads));
        return new Step(name, expected, populations);
    }

    private int arrivals(int rate) {
        return Math.toIntExact(rate * load.toMillis() / 1_000);
    }

    private PopulationBuilder load(String name, ActionBuilder request, int arrivals) {
        return scenario(name)
                .exec(feed(failover.connections()), exec(request))
                .injectOpen(rampUsers(arrivals).during(load));
    }

    @Override
    public Optional<Section> section(Set<String> busy) {
        FailoverSection section = new FailoverSection(failover.reports(), failover.faults());
        return section.modes() == null && section.faults() == null ? Optional.empty() : Optional.of(section);
    }

    @Override
    public void close() {
        failover.close();
    }
}
