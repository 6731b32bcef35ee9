package distributedmysql.gatling.internal;

import io.gatling.core.actor.Scheduler;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import scala.concurrent.duration.FiniteDuration;
import scala.runtime.BoxedUnit;

/**
 * Collects the users of an open load that have done all that they had to do, and lets them leave a hundred times a second.
 * Each that left alone would wake one of Gatling's event loops, its injector and its data writers. Thread-safe.
 */
final class Departures {
    private static final FiniteDuration INTERVAL = FiniteDuration.apply(10, TimeUnit.MILLISECONDS);

    private final Queue<Runnable> collected = new ConcurrentLinkedQueue<>();

    Departures(Scheduler scheduler) {
        scheduler.scheduleAtFixedRate(INTERVAL, () -> {
            leave();
            return BoxedUnit.UNIT;
        });
    }

    void add(Runnable departure) {
        collected.add(departure);
    }

    private void leave() {
        for (Runnable next = collected.poll(); next != null; next = collected.poll()) {
            next.run();
        }
    }
}
