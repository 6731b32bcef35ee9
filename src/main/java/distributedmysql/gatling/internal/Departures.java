package distributedmysql.gatling.internal;

import io.gatling.core.actor.Scheduler;
import java.util.concurrent.TimeUnit;
import scala.concurrent.duration.FiniteDuration;

/**
 * Collects the users of an open load that have done all that they had to do, and lets them leave a hundred times a second.
 * Each that left alone would wake one of Gatling's event loops, its injector and its data writers. Thread-safe.
 */
final class Departures {
    private static final FiniteDuration INTERVAL = FiniteDuration.apply(10, TimeUnit.MILLISECONDS);

    private final Batch<Runnable> collected;

    Departures(Scheduler scheduler) {
        collected = new Batch<>(scheduler, INTERVAL, Runnable::run);
    }

    void add(Runnable departure) {
        collected.add(departure);
    }
}
