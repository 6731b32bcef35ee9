package distributedmysql.time;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * A point on the client's monotonic clock by which something must have happened. Immutable and thread-safe. At most 292 years
 * away.
 */
public final class Deadline {
    private final LongSupplier nanoTime;
    private final long startNanos;
    private final Duration length;

    private Deadline(LongSupplier nanoTime, long startNanos, Duration length) {
        this.nanoTime = nanoTime;
        this.startNanos = startNanos;
        this.length = length;
    }

    /** That long from now. One that is not positive has passed. */
    public static Deadline after(Duration length) {
        return after(length, System::nanoTime);
    }

    /** @param nanoTime the clock; another one than {@link System#nanoTime()} in tests */
    public static Deadline after(Duration length, LongSupplier nanoTime) {
        return new Deadline(nanoTime, nanoTime.getAsLong(), length);
    }

    /** From its beginning to its end. */
    public Duration length() {
        return length;
    }

    /** Zero when it has passed. */
    public Duration left() {
        // A difference first, because System.nanoTime() may overflow.
        Duration left = length.minusNanos(nanoTime.getAsLong() - startNanos);
        return left.isNegative() ? Duration.ZERO : left;
    }

    public boolean hasPassed() {
        return left().isZero();
    }

    /** It ends that much later than this one. */
    public Deadline later(Duration by) {
        return new Deadline(nanoTime, startNanos, length.plus(by));
    }

    /** Waits for the thread's end until the deadline passes; says whether it has ended. */
    public boolean join(Thread thread) throws InterruptedException {
        TimeUnit.NANOSECONDS.timedJoin(thread, left().toNanos());
        return !thread.isAlive();
    }
}
