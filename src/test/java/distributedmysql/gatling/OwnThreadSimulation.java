package distributedmysql.gatling;

import static distributedmysql.gatling.SqlDsl.sql;
import static io.gatling.javaapi.core.CoreDsl.asLongAs;
import static io.gatling.javaapi.core.CoreDsl.atOnceUsers;
import static io.gatling.javaapi.core.CoreDsl.exec;
import static io.gatling.javaapi.core.CoreDsl.feed;
import static io.gatling.javaapi.core.CoreDsl.scenario;

import distributedmysql.config.Phases;
import distributedmysql.gatling.internal.ClusterProtocol;
import distributedmysql.gatling.internal.UserLoop;
import distributedmysql.load.ConnectionFeeder;
import distributedmysql.load.record.StagePlan;
import distributedmysql.load.record.StageRecorder;
import distributedmysql.load.record.StageRecorders;
import io.gatling.javaapi.core.ActionBuilder;
import io.gatling.javaapi.core.Simulation;
import java.time.Duration;
import java.util.List;

/**
 * What {@link OwnThreadIT} looks at: users with threads of their own, who read until they are told to end. Gatling makes
 * the instance, so what goes in and comes out is static.
 */
public final class OwnThreadSimulation extends Simulation {
    static final String SCENARIO = "own thread";
    static final int USERS = 4;
    static final String QUERY = "SELECT 1 AS one";
    static final StageRecorder RECORDER = new StageRecorder(
            StagePlan.closed(SCENARIO, "routed", USERS, new Phases(Duration.ZERO, Duration.ZERO, Duration.ofHours(1))),
            () -> {});
    static volatile ConnectionFeeder connections;
    static volatile boolean over;

    public OwnThreadSimulation() {
        StageRecorders recorders = new StageRecorders();
        recorders.add(RECORDER, List.of(SCENARIO));
        var factory = UserLoop.action();
        ActionBuilder ownThread = () -> factory;
        setUp(scenario(SCENARIO)
                        .exec(
                                feed(connections),
                                exec(ownThread),
                                asLongAs(session -> !over)
                                        .on(sql("one").onReplica().query(QUERY)))
                        .injectOpen(atOnceUsers(USERS)))
                .protocols(new ClusterProtocol(recorders));
    }
}
