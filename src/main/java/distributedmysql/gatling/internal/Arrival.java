package distributedmysql.gatling.internal;

import io.gatling.core.session.Session;
import java.util.concurrent.atomic.AtomicInteger;

/** When one of the requests of an {@link OpenUser} is meant to start. Used by one thread at a time. */
final class Arrival {
    static final String KEY = "distributedmysql.arrival";

    private final long at;
    private final AtomicInteger underWay;
    private boolean taken;

    /** @param underWay how many of the user's requests have not ended */
    Arrival(long at, AtomicInteger underWay) {
        this.at = at;
        this.underWay = underWay;
    }

    /** Null if the user is none of an open load. */
    static Arrival of(Session session) {
        return (Arrival) session.attributes().getOrElse(KEY, () -> null);
    }

    /** The intended start of the request that the user sends now; of the first one it may be in the future. */
    static long start(Session session) {
        Arrival arrival = of(session);
        if (arrival == null || arrival.taken) {
            return System.nanoTime();
        }
        arrival.taken = true;
        return arrival.at;
    }

    /** Whether the user has nothing else under way; to be asked once, at the end. */
    boolean isLast() {
        return underWay.decrementAndGet() == 0;
    }
}
