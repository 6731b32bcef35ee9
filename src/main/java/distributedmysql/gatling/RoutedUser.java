package distributedmysql.gatling;

import static io.gatling.javaapi.core.CoreDsl.asLongAs;
import static io.gatling.javaapi.core.CoreDsl.exec;
import static io.gatling.javaapi.core.CoreDsl.scenario;

import distributedmysql.gatling.internal.OpenUser;
import distributedmysql.gatling.internal.RecordFactory;
import distributedmysql.gatling.internal.StartBarrier;
import distributedmysql.gatling.internal.UserLoop;
import distributedmysql.load.record.StagePlan;
import io.gatling.javaapi.core.ActionBuilder;
import io.gatling.javaapi.core.ChainBuilder;
import io.gatling.javaapi.core.PopulationBuilder;
import java.util.Iterator;
import java.util.Map;
import java.util.function.BooleanSupplier;

/** What a user of our own engine does around its requests. */
public final class RoutedUser {
    private final Iterator<Map<String, Object>> connections;
    private final int poolSize;

    /**
     * @param connections usually a {@link distributedmysql.load.ConnectionFeeder}
     * @param poolSize {@code connection.pool-size}
     */
    public RoutedUser(Iterator<Map<String, Object>> connections, int poolSize) {
        this.connections = connections;
        this.poolSize = poolSize;
    }

    /**
     * A user that sends the requests once for each of its arrivals, none of which waits for another.
     *
     * @param requests must not let the user exit
     */
    public ChainBuilder open(Arrivals arrivals, ChainBuilder requests) {
        OpenUser user = new OpenUser(arrivals::next);
        return exec(action(user.arrival()), fed(connections), requests, action(user.departure()));
    }

    /** Users who together send the requests at the plan's rate, in a scenario of the stage's name. */
    public PopulationBuilder open(StagePlan plan, ChainBuilder requests) {
        Arrivals arrivals = Arrivals.even(plan.targetQps().getAsInt());
        return scenario(plan.name())
                .exec(open(arrivals, requests))
                .injectOpen(Injection.open(arrivals.users(), plan.phases()));
    }

    /**
     * One of several users that send their requests again and again.
     *
     * @param users all of them; more than there are connections must share these
     */
    public ChainBuilder closed(int users, BooleanSupplier isOver, ChainBuilder requests) {
        return exec(
                fed(connections),
                users <= poolSize ? ownThread() : exec(session -> session),
                action(new StartBarrier(users)),
                asLongAs(session -> !isOver.getAsBoolean()).on(requests));
    }

    /**
     * Puts a record into the user's session.
     *
     * @param records endless and thread-safe
     */
    public static ChainBuilder fed(Iterator<Map<String, Object>> records) {
        return action(new RecordFactory("record", records));
    }

    /** A user that would have to wait for another's connection may not keep its own. */
    private static ChainBuilder ownThread() {
        return action(UserLoop.action());
    }

    private static ChainBuilder action(io.gatling.core.action.builder.ActionBuilder builder) {
        ActionBuilder action = () -> builder;
        return exec(action);
    }
}
