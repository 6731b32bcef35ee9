package distributedmysql.monitor.table;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** A point on the client's monotonic clock by which something must have ended. Thread-safe. */
final class Deadline {
    private final AtomicLong endNanos;

    private Deadline(long endNanos) {
        this.endNanos = new AtomicLong(endNanos);
    }

    static Deadline in(Duration time) {
        return new Deadline(System.nanoTime() + time.toNanos());
    }

    /** This deadline as it is now, or {@code time} from now, whichever comes first. */
    Deadline orIn(Duration time) {
        long other = System.nanoTime() + time.toNanos();
        return other - endNanos.get() < 0 ? new Deadline(other) : this;
    }

    /** Time that does not count: the deadline is so much later. */
    void postpone(long nanos) {
        endNanos.addAndGet(nanos);
    }

    boolean passed() {
        return remainingMillis() < 1;
    }

    /** 0 or negative when it has passed. */
    long remainingMillis() {
        return TimeUnit.NANOSECONDS.toMillis(endNanos.get() - System.nanoTime());
    }
}
