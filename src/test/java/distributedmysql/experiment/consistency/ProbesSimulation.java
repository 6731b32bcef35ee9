package distributedmysql.experiment.consistency;

import static io.gatling.javaapi.core.CoreDsl.atOnceUsers;
import static io.gatling.javaapi.core.CoreDsl.feed;
import static io.gatling.javaapi.core.CoreDsl.pace;
import static io.gatling.javaapi.core.CoreDsl.rampUsers;
import static io.gatling.javaapi.core.CoreDsl.repeat;
import static io.gatling.javaapi.core.CoreDsl.scenario;

import distributedmysql.history.Strategy;
import io.gatling.javaapi.core.ActionBuilder;
import io.gatling.javaapi.core.PopulationBuilder;
import io.gatling.javaapi.core.Simulation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The probes that {@link ConsistencyIT} asks for. Gatling makes the instance, so what goes in is static. */
public final class ProbesSimulation extends Simulation {
    /** Pairs of sessions under one strategy. */
    record Sessions(Strategy strategy, int pairs, int cycles) {}

    /** @param spread how long it takes until the last round begins */
    public record Work(List<Probes.Round> rounds, List<Probes.Round> polls, List<Sessions> sessions, Duration spread) {
        long planned() {
            long cycles = sessions.stream()
                    .mapToLong(some -> 2L * some.pairs() * some.cycles())
                    .sum();
            return rounds.size() + polls.size() + cycles;
        }
    }

    static volatile Probes probes;
    static volatile Work work;

    private final List<PopulationBuilder> populations = new ArrayList<>();

    public ProbesSimulation() {
        once("rounds", probes.readAfterWrite(), work.rounds());
        once("polls", probes.untilVisible(), work.polls());
        work.sessions().forEach(this::add);
        setUp(populations);
    }

    private void once(String name, ActionBuilder probe, List<Probes.Round> rounds) {
        if (!rounds.isEmpty()) {
            populations.add(scenario(name)
                    .exec(feed(each(rounds.stream())), probe.toChainBuilder())
                    .injectOpen(rampUsers(rounds.size()).during(work.spread())));
        }
    }

    private void add(Sessions some) {
        List<ProbeSession> sessions = Stream.generate(() -> probes.pair(some.strategy()))
                .limit(some.pairs())
                .flatMap(List::stream)
                .toList();
        Duration pace = work.spread().dividedBy(some.cycles());
        populations.add(scenario("sessions " + some.strategy().label())
                .exec(
                        feed(each(sessions.stream())),
                        repeat(some.cycles()).on(pace(pace).exec(probes.sessionCycle())))
                .injectOpen(atOnceUsers(sessions.size())));
    }

    private static Iterator<Map<String, Object>> each(Stream<?> values) {
        return values.map(value -> Map.<String, Object>of(Probes.ROUND, value)).iterator();
    }
}
