package distributedmysql.gatling;

import static distributedmysql.gatling.SqlDsl.rowCount;
import static distributedmysql.gatling.SqlDsl.sql;
import static io.gatling.javaapi.core.CoreDsl.constantConcurrentUsers;
import static io.gatling.javaapi.core.CoreDsl.constantUsersPerSec;
import static io.gatling.javaapi.core.CoreDsl.exec;
import static io.gatling.javaapi.core.CoreDsl.scenario;

import distributedmysql.config.Phases;
import distributedmysql.gatling.internal.ClusterProtocol;
import distributedmysql.load.ConnectionFeeder;
import distributedmysql.load.record.StagePlan;
import distributedmysql.load.record.StageRecorder;
import distributedmysql.load.record.StageRecorders;
import io.gatling.javaapi.core.ChainBuilder;
import io.gatling.javaapi.core.PopulationBuilder;
import io.gatling.javaapi.core.Simulation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What {@link RoutedLoadIT} looks at: loads of the open and the closed model. Gatling makes the instance, so what goes in
 * and comes out is static.
 */
public final class RoutedLoadSimulation extends Simulation {
    static final int RATE = 1_000;
    static final int SECONDS = 2;
    static final int USERS = 40;
    static final Map<String, StageRecorder> recorded = new ConcurrentHashMap<>();
    static final AtomicInteger gathered = new AtomicInteger();
    /** How many users had begun when the first of them did. */
    static final AtomicInteger fewest = new AtomicInteger(Integer.MAX_VALUE);

    static volatile ConnectionFeeder connections;

    private final StageRecorders recorders = new StageRecorders();
    private final List<PopulationBuilder> populations = new ArrayList<>();

    public RoutedLoadSimulation() {
        RoutedUser user = new RoutedUser(connections, USERS);
        ChainBuilder one = exec(sql("one").onReplica().query("SELECT 1 AS one").check(rowCount(1)));
        ChainBuilder bad = exec(sql("bad").onReplica().query("SELECT nothing FROM nowhere"));
        ChainBuilder two = exec(one, one);
        open("even", user, Arrivals.even(RATE), one);
        open("random", user, Arrivals.random(RATE), one);
        open("few", user, Arrivals.random(20), one);
        open("failing", user, Arrivals.even(RATE), bad);
        open("two requests", user, Arrivals.even(RATE), two);
        AtomicInteger requests = new AtomicInteger();
        StageRecorder closed = recorder("closed");
        populations.add(scenario("closed")
                .exec(session -> {
                    gathered.incrementAndGet();
                    return session;
                })
                .exec(user.closed(
                        USERS,
                        () -> requests.get() >= 1_000,
                        exec(session -> {
                                    requests.incrementAndGet();
                                    fewest.accumulateAndGet(gathered.get(), Math::min);
                                    return session;
                                })
                                .exec(one)))
                .injectClosed(constantConcurrentUsers(USERS).during(1)));
        recorded.put("closed", closed);
        setUp(populations).protocols(new ClusterProtocol(recorders));
    }

    private void open(String name, RoutedUser user, Arrivals arrivals, ChainBuilder requests) {
        recorded.put(name, recorder(name));
        populations.add(scenario(name)
                .exec(user.open(arrivals, requests))
                .injectOpen(constantUsersPerSec(arrivals.users()).during(SECONDS)));
    }

    private StageRecorder recorder(String name) {
        Phases phases = new Phases(Duration.ZERO, Duration.ZERO, Duration.ofHours(1));
        StageRecorder recorder = new StageRecorder(StagePlan.open(name, "routed", RATE, phases), () -> {});
        recorders.add(recorder, List.of(name));
        return recorder;
    }
}
