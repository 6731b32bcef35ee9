package distributedmysql.gatling.internal;

import io.gatling.core.actor.Scheduler;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import scala.concurrent.duration.FiniteDuration;
import scala.runtime.BoxedUnit;

/** Collects what would wake other threads if each were handed over alone, and hands it over at an interval. Thread-safe. */
final class Batch<T> {
    private final Queue<T> collected = new ConcurrentLinkedQueue<>();
    private final Consumer<T> receiver;

    Batch(Scheduler scheduler, FiniteDuration interval, Consumer<T> receiver) {
        this.receiver = receiver;
        scheduler.scheduleAtFixedRate(interval, () -> {
            handOver();
            return BoxedUnit.UNIT;
        });
    }

    void add(T one) {
        collected.add(one);
    }

    /** One thread at a time: when it returns, nothing is still in another thread's hands. */
    synchronized void handOver() {
        for (T next = collected.poll(); next != null; next = collected.poll()) {
            receiver.accept(next);
        }
    }
}
