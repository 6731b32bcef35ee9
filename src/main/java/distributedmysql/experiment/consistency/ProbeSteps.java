package distributedmysql.experiment.consistency;

import static io.gatling.javaapi.core.CoreDsl.atOnceUsers;
import static io.gatling.javaapi.core.CoreDsl.feed;
import static io.gatling.javaapi.core.CoreDsl.pace;
import static io.gatling.javaapi.core.CoreDsl.rampUsers;
import static io.gatling.javaapi.core.CoreDsl.repeat;
import static io.gatling.javaapi.core.CoreDsl.scenario;

import distributedmysql.config.Phases;
import distributedmysql.gatling.Load;
import distributedmysql.history.Strategy;
import distributedmysql.load.record.StagePlan;
import distributedmysql.mysql.Node;
import distributedmysql.report.Section;
import distributedmysql.run.ExperimentRun;
import distributedmysql.run.Step;
import distributedmysql.run.TestRun;
import io.gatling.javaapi.core.PopulationBuilder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/**
 * Consistency under a mixed load: what a read is worth under each strategy, how long a write takes to become visible,
 * which guarantees a session has, how far the replicas lag, and whether all nodes have the same rows in the end.
 */
final class ProbeSteps implements ExperimentRun {
    private final TestRun run;
    private final ConsistencyRun consistency;
    private final ConsistencySettings settings;

    ProbeSteps(TestRun run, ConsistencyRun consistency) {
        this.run = run;
        this.consistency = consistency;
        this.settings = run.settings().of(ConsistencySettings.class);
    }

    @Override
    public List<Step> steps() {
        List<Probes.Round> rounds = readAfterWriteRounds();
        List<Probes.Round> polls = pollRounds();
        List<ProbeSession> sessions = sessions(consistency.probes());
        long planned = rounds.size()
                + polls.size()
                + (long) sessions.size() * settings.sessions().cycles();

        List<PopulationBuilder> populations = new ArrayList<>();
        populations.add(readAfterWrite(consistency.probes(), rounds));
        populations.add(untilVisible(consistency.probes(), polls));
        populations.add(sessions(consistency.probes(), sessions));
        Load load = load();
        populations.addAll(run.engine().open(load));

        List<Step> steps = new ArrayList<>();
        steps.add(run.alone("consistency: waiting for the replicas", Duration.ZERO, consistency::begin));
        steps.add(new Step(load.recorder().plan(), populations));
        steps.add(run.alone(
                "consistency: reading what every server has",
                ConsistencySettings.JUDGING,
                () -> consistency.end(planned)));
        steps.add(run.judge(consistency.checks()));
        return steps;
    }

    private PopulationBuilder readAfterWrite(Probes probes, List<Probes.Round> rounds) {
        return scenario("read after write")
                .exec(feed(each(rounds)), probes.readAfterWrite().toChainBuilder())
                .injectOpen(rampUsers(rounds.size()).during(settings.duration()));
    }

    private PopulationBuilder untilVisible(Probes probes, List<Probes.Round> rounds) {
        return scenario("until visible")
                .exec(feed(each(rounds)), probes.untilVisible().toChainBuilder())
                .injectOpen(rampUsers(rounds.size()).during(settings.duration()));
    }

    private PopulationBuilder sessions(Probes probes, List<ProbeSession> sessions) {
        int cycles = settings.sessions().cycles();
        return scenario("sessions")
                .exec(
                        feed(each(sessions)),
                        repeat(cycles)
                                .on(pace(settings.duration().dividedBy(cycles)).exec(probes.sessionCycle())))
                .injectOpen(atOnceUsers(sessions.size()));
    }

    private Load load() {
        String name = "consistency, load " + settings.loadRate() + "/s";
        Phases phases = new Phases(Duration.ZERO, Duration.ZERO, settings.duration());
        String engine = run.settings().load().engine().label();
        StagePlan plan = StagePlan.open(name, engine, settings.loadRate(), phases);
        return new Load(
                run.record(plan, run.engine().scenarios(name)), run.statements().mixed());
    }

    private List<Probes.Round> readAfterWriteRounds() {
        List<Probes.Round> rounds = new ArrayList<>();
        for (int round = 0; round < settings.readAfterWrite().rounds(); round++) {
            for (Duration delay : settings.readAfterWrite().delays()) {
                rounds.add(new Probes.Round(Strategy.PRIMARY, run.replicaSet().primary(), delay));
                for (Node replica : run.replicaSet().replicas()) {
                    rounds.add(new Probes.Round(Strategy.REPLICA, replica, delay));
                    rounds.add(new Probes.Round(Strategy.STICKY, replica, delay));
                    rounds.add(new Probes.Round(Strategy.GTID_WAIT, replica, delay));
                }
            }
        }
        // No delay and no strategy has a part of the run to itself.
        Collections.shuffle(rounds, new Random(run.settings().data().seed()));
        return rounds;
    }

    private List<Probes.Round> pollRounds() {
        List<Probes.Round> rounds = new ArrayList<>();
        for (int round = 0; round < settings.visibility().rounds(); round++) {
            for (Node replica : run.replicaSet().replicas()) {
                rounds.add(new Probes.Round(Strategy.REPLICA, replica, Duration.ZERO));
            }
        }
        return rounds;
    }

    private List<ProbeSession> sessions(Probes probes) {
        List<ProbeSession> sessions = new ArrayList<>();
        for (Strategy strategy : Strategy.values()) {
            for (int pair = 0; pair < settings.sessions().pairs(); pair++) {
                sessions.addAll(probes.pair(strategy));
            }
        }
        return sessions;
    }

    /** A feeder that gives each user one of these. */
    private static Iterator<Map<String, Object>> each(List<?> values) {
        return values.stream()
                .map(value -> Map.<String, Object>of(Probes.ROUND, value))
                .iterator();
    }

    @Override
    public Optional<Section> section(Set<String> busy) {
        return Optional.ofNullable(consistency.report());
    }

    @Override
    public void close() {
        consistency.close();
    }
}
