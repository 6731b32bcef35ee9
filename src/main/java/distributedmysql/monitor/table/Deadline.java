package distributedmysql.monitor.table;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** A point on the client's monotonic clock by which something must have ended. Immutable. */
record Deadline(long endNanos) {
    static Deadline in(Duration time) {
        return new Deadline(System.nanoTime() + time.toNanos());
    }

    /** This deadline, or {@code time} from now, whichever comes first. */
    Deadline orIn(Duration time) {
        long other = System.nanoTime() + time.toNanos();
        return other - endNanos < 0 ? new Deadline(other) : this;
    }

    boolean passed() {
        return remainingMillis() < 1;
    }

    /** 0 or negative when it has passed. */
    long remainingMillis() {
        return TimeUnit.NANOSECONDS.toMillis(endNanos - System.nanoTime());
    }
}
