package distributedmysql.monitor.machine;

import java.util.concurrent.locks.LockSupport;

/**
 * A thread that sleeps for 10 ms again and again, and notes how late it wakes up: what happens to every other thread of this
 * JVM that waits for a processor, however it comes about. Thread-safe.
 */
final class StallMeter implements AutoCloseable {
    private static final long SLEEP_NANOS = 10_000_000;

    private final Thread thread = new Thread(this::run, "stall meter");
    private volatile boolean closed;
    private long longestNanos;
    private long asleepSince;

    void start() {
        asleepSince = System.nanoTime();
        thread.setDaemon(true);
        thread.start();
    }

    private void run() {
        while (!closed) {
            LockSupport.parkNanos(SLEEP_NANOS);
            long now = System.nanoTime();
            synchronized (this) {
                longestNanos = Math.max(longestNanos, now - asleepSince - SLEEP_NANOS);
                asleepSince = now;
            }
        }
    }

    /** How late it was at worst since the last call; one that is late at this moment counts as far as it is. */
    synchronized double takeLongestMillis() {
        long longest = Math.max(longestNanos, System.nanoTime() - asleepSince - SLEEP_NANOS);
        longestNanos = 0;
        return Math.max(0, longest) / 1e6;
    }

    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(thread);
    }
}
