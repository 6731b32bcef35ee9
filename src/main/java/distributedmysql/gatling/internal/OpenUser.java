package distributedmysql.gatling.internal;

import io.gatling.core.action.Action;
import io.gatling.core.action.builder.ActionBuilder;
import io.gatling.core.session.Session;
import io.gatling.core.structure.ScenarioContext;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * A user of an open load, from its arrival to its departure: it sends what is between the two once for each of its
 * arrivals, and leaves when all have ended. What is between the two must not let a user exit.
 */
public final class OpenUser {
    private final Supplier<List<Long>> arrivals;
    private Departure departure;

    /** @param arrivals of one user's requests: nanoseconds from the user's start */
    public OpenUser(Supplier<List<Long>> arrivals) {
        this.arrivals = arrivals;
    }

    /** The scenario's first action. */
    public ActionBuilder arrival() {
        return (context, next) -> new JavaAction("arrival", context.coreComponents(), next) {
            @Override
            void perform(Session session) {
                List<Long> offsets = arrivals.get();
                if (offsets.isEmpty()) {
                    departure.leave(session);
                    return;
                }
                long now = System.nanoTime();
                AtomicInteger underWay = new AtomicInteger(offsets.size());
                for (long offset : offsets) {
                    goOn(session.set(Arrival.KEY, new Arrival(now + offset, underWay)));
                }
            }
        };
    }

    /** The scenario's last action; Gatling builds the last one first. */
    public ActionBuilder departure() {
        return (context, next) -> {
            departure = new Departure(context, next);
            return departure;
        };
    }

    /** Runs on whatever thread the user is. */
    static final class Departure extends JavaAction {
        private final Departures departures;

        private Departure(ScenarioContext context, Action next) {
            super("departure", context.coreComponents(), next);
            this.departures = context.protocolComponentsRegistry()
                    .components(ClusterProtocol.KEY)
                    .departures();
        }

        @Override
        void perform(Session session) {
            if (Arrival.of(session).isLast()) {
                leave(session);
            }
        }

        private void leave(Session session) {
            departures.add(() -> goOn(session));
        }
    }
}
