package distributedmysql.gatling;

import static distributedmysql.gatling.SqlDsl.missingShards;
import static distributedmysql.gatling.SqlDsl.rows;
import static distributedmysql.gatling.SqlDsl.sql;
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
import io.gatling.javaapi.core.ChainBuilder;
import io.gatling.javaapi.core.PopulationBuilder;
import io.gatling.javaapi.core.Session;
import io.gatling.javaapi.core.Simulation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What {@link EveryShardIT} looks at: one scenario per case, each with one user whose last session is kept. Gatling makes
 * the instance, so what goes in and comes out is static.
 */
public final class EveryShardSimulation extends Simulation {
    static final String ALL = "SELECT id FROM t ORDER BY id";
    static final String TIMES = "SELECT NOW(6) AS began, SLEEP(1) AS slept, SYSDATE(6) AS ended";

    enum Turn {
        ALL_ANSWER,
        OWN_THREAD,
        ONE_IS_DEAD
    }

    static volatile ConnectionFeeder connections;
    static volatile Turn turn;
    static final Map<String, Session> ended = new ConcurrentHashMap<>();
    static final Map<String, StageRecorder> recorded = new ConcurrentHashMap<>();

    private final StageRecorders recorders = new StageRecorders();
    private final List<PopulationBuilder> populations = new ArrayList<>();

    public EveryShardSimulation() {
        switch (turn) {
            case ALL_ANSWER -> allAnswer();
            case OWN_THREAD ->
                add(
                        "own thread",
                        exec(
                                ownThread(),
                                sql("by key").onReplica().query(ALL).shardKey(1),
                                sql("by key").onReplica().query(ALL).shardKey(2),
                                sql("by key").onReplica().query(ALL).shardKey(3),
                                every("own thread", TIMES)));
            case ONE_IS_DEAD -> {
                add("dead", exec(every("dead", ALL)));
                add("dead, partial", exec(partial("dead, partial", ALL)));
                add("dead, partial, own thread", exec(ownThread(), partial("dead, partial, own thread", ALL)));
            }
        }
        setUp(populations).protocols(new ClusterProtocol(recorders));
    }

    private void allAnswer() {
        add("all", exec(every("all", ALL)));
        add("side by side", exec(every("side by side", TIMES)));
        add("fails", exec(every("fails", "SELECT id FROM of_two")));
        add("partial", exec(partial("partial", "SELECT id FROM of_two")));
        add("none answers", exec(partial("none answers", "SELECT id FROM nowhere")));
        add("whole", exec(partial("whole", ALL)));
        add("without checks", exec(sql("without checks").onEveryShard().query(ALL)));
    }

    private static SqlActionBuilder every(String name, String query) {
        return sql(name).onEveryShard().query(query).check(rows().saveAs("rows"));
    }

    private static SqlActionBuilder partial(String name, String query) {
        return sql(name)
                .onEveryShard()
                .allowPartial()
                .query(query)
                .check(rows().saveAs("rows"), missingShards().saveAs("missing"));
    }

    private static ActionBuilder ownThread() {
        var factory = UserLoop.action();
        return () -> factory;
    }

    private void add(String name, ChainBuilder chain) {
        Phases phases = new Phases(Duration.ZERO, Duration.ZERO, Duration.ofHours(1));
        StageRecorder recorder = new StageRecorder(StagePlan.closed(name, "routed", 1, phases), () -> {});
        recorders.add(recorder, List.of(name));
        recorded.put(name, recorder);
        populations.add(scenario(name)
                .exec(feed(connections).exec(chain).exec(session -> {
                    ended.put(name, session);
                    return session;
                }))
                .injectOpen(atOnceUsers(1)));
    }
}
