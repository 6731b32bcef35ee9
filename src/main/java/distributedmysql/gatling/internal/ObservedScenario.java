package distributedmysql.gatling.internal;

import distributedmysql.load.record.OwnRequests;
import distributedmysql.load.record.StagePlan;
import distributedmysql.load.record.StageRecorders;
import io.gatling.core.CoreComponents;
import io.gatling.core.action.Action;
import io.gatling.core.action.builder.ActionBuilder;
import io.gatling.core.controller.inject.closed.ClosedInjectionProfile;
import io.gatling.core.session.Session;
import io.gatling.core.stats.StatsEngine;
import io.gatling.core.structure.ScenarioBuilder;
import io.gatling.core.structure.ScenarioContext;
import io.gatling.javaapi.core.PopulationBuilder;
import java.util.ArrayList;
import java.util.List;
import scala.jdk.javaapi.CollectionConverters;

/**
 * A scenario whose requests are all recorded, whichever action sends them, and whose users say when they have reached its end.
 * Gatling has no place to ask for that: each action is built with a stats engine of ours instead of Gatling's.
 */
public final class ObservedScenario {
    /** In the session of a user of which a request of ours has failed. */
    static final String FAILED = "distributedmysql.failed";

    private static final String ENDED = "distributedmysql.ended";

    private ObservedScenario() {}

    /**
     * The same populations, and those that follow them, observed.
     *
     * @param failures knows the errors of the pools of the gatling-jdbc plugin
     */
    public static List<PopulationBuilder> of(
            List<PopulationBuilder> populations, StageRecorders recorders, PluginFailures failures) {
        return populations.stream()
                .map(population -> new PopulationBuilder(observed(population.asScala(), recorders, failures)))
                .toList();
    }

    private static io.gatling.core.structure.PopulationBuilder observed(
            io.gatling.core.structure.PopulationBuilder population, StageRecorders recorders, PluginFailures failures) {
        String name = population.scenarioBuilder().name();
        boolean own = recorders.isOwn(name);
        if (own) {
            boolean closed = population.injectionProfile() instanceof ClosedInjectionProfile;
            recorders.addOwn(name, closed ? StagePlan.Model.CLOSED : StagePlan.Model.OPEN);
        }
        // The last action comes first.
        List<ActionBuilder> actions = new ArrayList<>();
        if (own) {
            actions.add(ObservedScenario::end);
        }
        for (ActionBuilder action :
                CollectionConverters.asJava(population.scenarioBuilder().actionBuilders())) {
            actions.add((context, next) -> action.build(
                    with(
                            new RecordingStatsEngine(
                                    context.coreComponents().statsEngine(), recorders, failures, own, name),
                            context),
                    next));
        }
        var following = CollectionConverters.asJava(population.children()).stream()
                .map(children -> list(CollectionConverters.asJava(children).stream()
                        .map(child -> observed(child, recorders, failures))
                        .toList()))
                .toList();
        return new io.gatling.core.structure.PopulationBuilder(
                new ScenarioBuilder(name, list(actions)),
                population.injectionProfile(),
                population.scenarioProtocols(),
                population.scenarioThrottleSteps(),
                population.pauseType(),
                list(following),
                population.shard());
    }

    private static <T> scala.collection.immutable.List<T> list(List<T> list) {
        return CollectionConverters.asScala(list).toList();
    }

    private static Action end(ScenarioContext context, Action next) {
        // So that the user's end is heard of, even if the scenario has no action of ours.
        context.protocolComponentsRegistry().components(ClusterProtocol.KEY);
        return new JavaAction("end of the scenario", context.coreComponents(), next) {
            @Override
            void perform(Session session) {
                goOn(session.set(ENDED, true));
            }
        };
    }

    /** A user that is marked as failed leaves. */
    static void failed(Session session, OwnRequests requests) {
        if (!session.attributes().contains(ENDED)) {
            requests.userLeft(session.scenario());
        }
        if (!session.attributes().contains(FAILED)) {
            requests.userMarked(session.scenario());
        }
    }

    /** Whether the action that is being built belongs to a scenario of the user's. */
    static boolean isOwn(ScenarioContext context) {
        return context.coreComponents().statsEngine() instanceof RecordingStatsEngine recording && recording.isOwn();
    }

    /** The name of a request of this scenario in Gatling's report. */
    static String shown(ScenarioContext context, String request) {
        return context.coreComponents().statsEngine() instanceof RecordingStatsEngine recording
                ? recording.shown(request)
                : request;
    }

    /** The name of its scenario. */
    public static String name(PopulationBuilder population) {
        return population.asScala().scenarioBuilder().name();
    }

    static ScenarioContext with(StatsEngine stats, ScenarioContext context) {
        return new ScenarioContext(
                with(stats, context.coreComponents()),
                context.protocolComponentsRegistry(),
                context.pauseType(),
                context.throttled());
    }

    /** With Gatling's own stats engine. */
    static CoreComponents unobserved(CoreComponents core) {
        return core.statsEngine() instanceof RecordingStatsEngine recording ? with(recording.wrapped(), core) : core;
    }

    private static CoreComponents with(StatsEngine stats, CoreComponents core) {
        return new CoreComponents(
                core.actorSystem(),
                core.eventLoopGroup(),
                core.controller(),
                core.throttler(),
                stats,
                core.clock(),
                core.exit(),
                core.configuration());
    }
}
