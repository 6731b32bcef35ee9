package distributedmysql.monitor;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import distributedmysql.history.JsonRule;
import distributedmysql.time.Deadline;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Takes a reading at a fixed interval on a daemon thread of its own, so that a slow or failing reading holds up no
 * other sampler. A reading that fails is counted and the next one is taken as usual. Ticks that pass while a reading is
 * still being taken are counted as missed and are not made up for: readings never bunch up. Thread-safe.
 */
public final class Sampler implements AutoCloseable {
    private static final Duration CLOSE_DEADLINE = Duration.ofSeconds(2);

    /** What is read. Used by one thread, except {@link #close()}. */
    public interface Reading extends AutoCloseable {
        /** Takes one reading and keeps what it found. What it throws is counted and the message of it kept. */
        void take() throws Exception;

        /** Ticks that passed without a reading, because the one before took that long. */
        default void missed(Ticks ticks) {}

        /** Ends a reading in progress and frees what it holds; called from another thread, once. */
        @Override
        default void close() {}
    }

    /** How many of its readings were taken, failed or missed. */
    @JsonClassDescription("One sampler.")
    public record Counts(
            @JsonPropertyDescription("Its name.") String sampler,

            @JsonPropertyDescription("Readings that ended well.")
            long taken,

            @JsonPropertyDescription("Readings that failed.")
            long failed,

            @JsonPropertyDescription("Readings that were due while the one before was still being taken.")
            long missed,

            @JsonPropertyDescription("Message of the newest failure; null if there was none.")
            @JsonRule("minLength: null")
            @Nullable
            String lastError) {}

    /**
     * Some ticks in a row.
     *
     * @param afterNanos one interval before the first of them
     */
    record Ticks(long afterNanos, long count, long intervalNanos) {
        static final Ticks NONE = new Ticks(0, 0, 1);

        /** How many of them are in this time. */
        long in(LoadTime time) {
            return before(time.toNanos()) - before(time.fromNanos());
        }

        private long before(long nanos) {
            long since = nanos - afterNanos;
            return since <= 0 ? 0 : Math.min(count, (since - 1) / intervalNanos);
        }
    }

    private final String name;
    private final long intervalNanos;
    private final Reading reading;
    private final Thread thread;
    private final CountDownLatch closing = new CountDownLatch(1);

    private long dueNanos;
    private boolean inProgress;
    private Ticks overdueAtClose;
    private long taken;
    private long failed;
    private long missed;
    private String lastError;

    /**
     * @param name of the thread, and in the counts
     * @throws IllegalArgumentException if the interval is not positive
     */
    public Sampler(String name, Duration interval, Reading reading) {
        if (interval.isNegative() || interval.isZero()) {
            throw new IllegalArgumentException("sampler " + name + ": the interval must be positive: " + interval);
        }
        this.name = name;
        this.intervalNanos = interval.toNanos();
        this.reading = reading;
        this.thread = new Thread(this::run, "sampler " + name);
        thread.setDaemon(true);
    }

    /**
     * Takes the first reading at once.
     *
     * @throws IllegalThreadStateException if called a second time
     */
    public void start() {
        thread.start();
    }

    public synchronized Counts counts() {
        return new Counts(name, taken, failed, missed + overdue().count(), lastError);
    }

    /** Ticks that have passed while the reading in progress is taken; not yet given to {@link Reading#missed}. */
    synchronized Ticks overdue() {
        if (overdueAtClose != null) {
            return overdueAtClose;
        }
        return inProgress
                ? new Ticks(dueNanos, (System.nanoTime() - dueNanos) / intervalNanos, intervalNanos)
                : Ticks.NONE;
    }

    /**
     * Ends the sampling; a reading in progress is cut short and not counted. Returns within about two seconds, even if
     * the reading does not let itself be ended; its thread is then left behind and counts nothing more. Does nothing
     * the second time.
     */
    @Override
    public void close() {
        closeAll(List.of(this));
    }

    /** {@link #close()} of all of them, within one deadline. */
    static void closeAll(Collection<Sampler> samplers) {
        samplers.forEach(Sampler::stop);
        Deadline deadline = Deadline.after(CLOSE_DEADLINE);
        try {
            for (Sampler sampler : samplers) {
                deadline.join(sampler.thread);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void stop() {
        synchronized (this) {
            if (overdueAtClose != null) {
                return;
            }
            overdueAtClose = overdue();
            closing.countDown();
        }
        reading.close();
    }

    private void run() {
        long next = System.nanoTime();
        while (awaitTick(next)) {
            begin(next);
            try {
                reading.take();
                end(null);
            } catch (Exception e) {
                end(e);
            }
            long passed = (System.nanoTime() - next) / intervalNanos;
            if (passed > 0 && !isClosing()) {
                miss(new Ticks(next, passed, intervalNanos));
            }
            next += (passed + 1) * intervalNanos;
        }
    }

    private boolean awaitTick(long tickNanos) {
        try {
            return !closing.await(tickNanos - System.nanoTime(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            // Nobody but the reading itself has this thread; an interrupt that it left behind ends nothing.
            return !isClosing();
        }
    }

    private boolean isClosing() {
        return closing.getCount() == 0;
    }

    private synchronized void begin(long due) {
        dueNanos = due;
        inProgress = true;
    }

    private synchronized void end(Exception failure) {
        inProgress = false;
        if (isClosing()) {
            return;
        }
        if (failure == null) {
            taken++;
        } else {
            failed++;
            lastError = failure.getMessage() == null ? failure.toString() : failure.getMessage();
        }
    }

    private void miss(Ticks ticks) {
        synchronized (this) {
            missed += ticks.count();
        }
        reading.missed(ticks);
    }
}
