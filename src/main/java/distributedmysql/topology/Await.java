package distributedmysql.topology;

import distributedmysql.mysql.DebugLog;
import distributedmysql.mysql.TopologyException;
import distributedmysql.time.Deadline;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * The one way to wait for something that must be asked again and again: it has a deadline and, when that passes, says what was
 * awaited, where, for how long, and what the last state was.
 *
 * <p>Asks first, then again after each pause and once more when the deadline has passed. The deadline is looked at between two
 * attempts: one that hangs has time-outs of its own. What an attempt throws ends the wait; but {@link #until} and
 * {@link #success} try again after what may pass ({@link TopologyException#mayPass()}), so what they attempt must be harmless
 * the second time. What takes long is on the console ({@link Wait}). Immutable and thread-safe.
 */
public final class Await {
    private static final Duration PAUSE = Duration.ofMillis(20);

    /** Whether it is as awaited. */
    public interface Condition<E extends Exception> {
        boolean holds() throws E;
    }

    /** What is not yet as awaited, in words; empty when nothing is in the way any more. */
    public interface Obstacle<E extends Exception> {
        Optional<String> look() throws E;
    }

    /** Another one in tests. */
    interface Sleep {
        void sleep(Duration duration) throws InterruptedException;
    }

    private enum End {
        REACHED,
        LATE,
        INTERRUPTED
    }

    /** @param last the last state, as far as an attempt told it */
    private record Outcome(End end, String last) {}

    private final String what;
    private final Deadline deadline;
    private final Duration pause;
    private final boolean interruptible;
    private final boolean whileRunGoesOn;
    private final Sleep sleep;

    private Await(
            String what,
            Deadline deadline,
            Duration pause,
            boolean interruptible,
            boolean whileRunGoesOn,
            Sleep sleep) {
        this.what = what;
        this.deadline = deadline;
        this.pause = pause;
        this.interruptible = interruptible;
        this.whileRunGoesOn = whileRunGoesOn;
        this.sleep = sleep;
    }

    /** @param what is awaited, and where, as in {@code node1: its end after SIGKILL} */
    public static Await of(String what, Duration deadline) {
        return of(what, Deadline.after(deadline));
    }

    /** @param what is awaited, and where, as in {@code node1: its end after SIGKILL} */
    public static Await of(String what, Deadline deadline) {
        return of(what, deadline, duration -> TimeUnit.NANOSECONDS.sleep(duration.toNanos()));
    }

    static Await of(String what, Deadline deadline, Sleep sleep) {
        return new Await(what, deadline, PAUSE, true, false, sleep);
    }

    /** @param between two attempts; without it, 20 ms */
    public Await every(Duration between) {
        return new Await(what, deadline, between, interruptible, whileRunGoesOn, sleep);
    }

    /** For what cleans up: an interrupt does not end the wait, and is there again after it. */
    public Await uninterruptibly() {
        return new Await(what, deadline, pause, false, whileRunGoesOn, sleep);
    }

    /** For what only a run that goes on needs: the wait ends with a {@link TopologyException} when {@link Ending} begins. */
    public Await whileRunGoesOn() {
        return new Await(what, deadline, pause, interruptible, true, sleep);
    }

    /**
     * Returns when the condition holds.
     *
     * @param state the last one, for the message; asked only then
     * @throws TopologyException if the deadline passes, or the thread is interrupted
     */
    public <E extends Exception> void until(Condition<E> condition, Supplier<String> state) throws E {
        Outcome outcome = outcome(retried(obstacle(condition)));
        require(outcome, () -> outcome.last.isEmpty() ? lastState(state) : outcome.last);
    }

    /**
     * Returns when there is no obstacle any more. What it says is the last state, on the console too.
     *
     * @throws TopologyException if the deadline passes, or the thread is interrupted
     */
    public <E extends Exception> void untilNo(Obstacle<E> obstacle) throws E {
        Outcome outcome = outcome(obstacle);
        require(outcome, outcome::last);
    }

    /**
     * As {@link #untilNo(Obstacle)}.
     *
     * @param more for the message, after the last state; asked only then
     */
    public <E extends Exception> void untilNo(Obstacle<E> obstacle, Supplier<String> more) throws E {
        Outcome outcome = outcome(obstacle);
        require(outcome, () -> outcome.last + "; " + more.get());
    }

    /**
     * Waits for something without which it goes on as well.
     *
     * @return false if the deadline passes, or the thread is interrupted, which it still is then
     */
    public <E extends Exception> boolean reached(Condition<E> condition) throws E {
        return outcome(obstacle(condition)).end == End.REACHED;
    }

    /**
     * Does something until it succeeds. Only for what may be done twice.
     *
     * @throws TopologyException if the deadline passes, or the thread is interrupted
     */
    public <T> T success(Supplier<T> step) {
        AtomicReference<T> result = new AtomicReference<>();
        Obstacle<RuntimeException> attempt = () -> {
            result.set(step.get());
            return Optional.empty();
        };
        untilNo(retried(attempt));
        return result.get();
    }

    /** {@link #until(Condition, Supplier)} of an ordinary wait. */
    public static void until(String what, Duration deadline, BooleanSupplier condition, Supplier<String> state) {
        of(what, deadline).until(condition::getAsBoolean, state);
    }

    /** {@link #success(Supplier)} of an ordinary wait. */
    public static <T> T success(String what, Duration deadline, Supplier<T> step) {
        return of(what, deadline).success(step);
    }

    /** As {@link #success(String, Duration, Supplier)}. */
    public static void success(String what, Duration deadline, Runnable step) {
        success(what, deadline, () -> {
            step.run();
            return true;
        });
    }

    /** As {@link #pause(Duration, String)}, for 20 ms. */
    public static void pause(String what) {
        pause(PAUSE, what);
    }

    /** @throws TopologyException if the thread is interrupted */
    public static void pause(Duration duration, String what) {
        try {
            TimeUnit.NANOSECONDS.sleep(duration.toNanos());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TopologyException("interrupted while waiting for " + what);
        }
    }

    private <E extends Exception> Outcome outcome(Obstacle<E> obstacle) throws E {
        boolean interrupted = false;
        long start = System.nanoTime();
        String seen = "";
        DebugLog.REPLICATION.say(() -> what + ": waiting");
        try (Wait wait = Wait.atMost(what, deadline.length())) {
            while (true) {
                boolean late = deadline.hasPassed();
                Optional<String> last = obstacle.look();
                if (last.isEmpty()) {
                    DebugLog.REPLICATION.took(start, () -> what + ": reached");
                    return new Outcome(End.REACHED, "");
                }
                if (!last.get().equals(seen)) {
                    seen = last.get();
                    DebugLog.REPLICATION.took(start, () -> what + ": " + last.get());
                }
                if (late) {
                    DebugLog.REPLICATION.took(start, () -> what + ": given up");
                    return new Outcome(End.LATE, last.get());
                }
                if (whileRunGoesOn) {
                    Ending.refuse("waiting on for " + what);
                }
                wait.state(last.get());
                try {
                    pause();
                } catch (InterruptedException e) {
                    interrupted = true;
                    if (interruptible) {
                        return new Outcome(End.INTERRUPTED, last.get());
                    }
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void pause() throws InterruptedException {
        Duration left = deadline.left();
        sleep.sleep(left.compareTo(pause) < 0 ? left : pause);
    }

    private static <E extends Exception> Obstacle<E> obstacle(Condition<E> condition) {
        return () -> condition.holds() ? Optional.empty() : Optional.of("");
    }

    private static <E extends Exception> Obstacle<E> retried(Obstacle<E> obstacle) {
        return () -> {
            try {
                return obstacle.look();
            } catch (TopologyException e) {
                if (!e.mayPass()) {
                    throw e;
                }
                return Optional.of(e.getMessage());
            }
        };
    }

    private void require(Outcome outcome, Supplier<String> last) {
        switch (outcome.end) {
            case REACHED -> {}
            case LATE ->
                throw new TopologyException(
                        "waited " + deadline.length().toMillis() + " ms for " + what + "; last state: " + last.get());
            case INTERRUPTED -> throw new TopologyException("interrupted while waiting for " + what);
        }
    }

    private static String lastState(Supplier<String> state) {
        try {
            return state.get();
        } catch (TopologyException e) {
            return e.getMessage();
        }
    }
}
