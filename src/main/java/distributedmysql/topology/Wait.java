package distributedmysql.topology;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Something that may take long. Until it is closed, the console says again and again what is awaited, how long already and
 * until when, so that nobody takes a slow run for a dead one. Whatever blocks for more than a few seconds is done within
 * one; {@link Await} does so by itself. Thread-safe.
 */
public final class Wait implements AutoCloseable {
    private static final ScheduledThreadPoolExecutor CLOCK = new ScheduledThreadPoolExecutor(1, work -> {
        Thread thread = Executors.defaultThreadFactory().newThread(work);
        thread.setName("says what is awaited");
        thread.setDaemon(true);
        return thread;
    });

    private static volatile Output output = new Output(line -> {}, Duration.ofDays(1));

    private record Output(Consumer<String> lines, Duration interval) {}

    static {
        // A thousand short waits must leave nothing behind.
        CLOCK.setRemoveOnCancelPolicy(true);
    }

    private final long start = System.nanoTime();
    private final ScheduledFuture<?> ticks;
    private volatile String state = "";

    private Wait(String what, Function<Duration, String> times) {
        Output to = output;
        long nanos = to.interval.toNanos();
        ticks = CLOCK.scheduleAtFixedRate(
                () -> to.lines.accept(what + ": " + times.apply(passed()) + state), nanos, nanos, TimeUnit.NANOSECONDS);
    }

    /**
     * Where the waits of this JVM that begin from now on say so; before the first call they say nothing.
     *
     * @param interval how long a wait is silent
     */
    public static void sayTo(Consumer<String> lines, Duration interval) {
        output = new Output(lines, interval);
    }

    /** It is given up after the deadline. */
    public static Wait atMost(String what, Duration deadline) {
        return new Wait("waiting for " + what, passed -> TimeLeft.atMost(passed, deadline));
    }

    /** It is not given up, and will take about that long. */
    public static Wait about(String what, Duration expected) {
        return new Wait(what, passed -> TimeLeft.about(passed, expected));
    }

    /**
     * How long it will take is not known.
     *
     * @param end when it ends or is given up, in words
     */
    public static Wait until(String what, String end) {
        return new Wait(what, passed -> TimeLeft.text(passed) + " so far; " + end);
    }

    /** How far it is, for the next line. */
    public void state(String last) {
        state = last.isEmpty() ? "" : "; " + last;
    }

    private Duration passed() {
        return Duration.ofNanos(System.nanoTime() - start);
    }

    @Override
    public void close() {
        ticks.cancel(false);
    }
}
