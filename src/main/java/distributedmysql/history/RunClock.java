package distributedmysql.history;

import java.time.Instant;
import java.util.concurrent.locks.LockSupport;

/**
 * The one clock of a run: microseconds since its start, from {@link System#nanoTime()}, which no time service sets
 * back. Thread-safe.
 */
public final class RunClock {
    private final Instant startedAt = Instant.now();
    private final long startNanos = System.nanoTime();

    /** The time of day at microsecond 0, for people; never calculate with it. */
    public Instant startedAt() {
        return startedAt;
    }

    public long micros() {
        return micros(System.nanoTime());
    }

    /** @param nanoTime a reading of {@link System#nanoTime()} in this JVM */
    public long micros(long nanoTime) {
        return (nanoTime - startNanos) / 1_000;
    }

    /** Pauses until this time, to the microsecond. Returns false, at once, if the thread is interrupted. */
    public boolean sleepUntil(long micros) {
        for (long left = micros - micros(); left > 0; left = micros - micros()) {
            LockSupport.parkNanos(left * 1_000);
            if (Thread.currentThread().isInterrupted()) {
                return false;
            }
        }
        return !Thread.currentThread().isInterrupted();
    }
}
