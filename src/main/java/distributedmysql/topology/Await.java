package distributedmysql.topology;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Waiting, with a deadline. It is looked at between two attempts: one that hangs has time-outs of its own. What takes long
 * is on the console ({@link Wait}).
 */
public final class Await {
    private static final long POLL_MILLIS = 20;

    private Await() {}

    /**
     * Returns when the condition holds. It does not as long as it cannot be asked because of something that may pass.
     *
     * @param what is awaited, and where
     * @param state the last one, for the message
     * @throws TopologyException if the deadline passes, the condition cannot be asked for a lasting reason, or the thread
     *     is interrupted
     */
    public static void until(String what, Duration deadline, BooleanSupplier condition, Supplier<String> state) {
        long start = System.nanoTime();
        try (Wait wait = Wait.atMost(what, deadline)) {
            while (true) {
                String last;
                try {
                    if (condition.getAsBoolean()) {
                        return;
                    }
                    last = null;
                } catch (TopologyException e) {
                    last = passing(e);
                }
                if (System.nanoTime() - start > deadline.toNanos()) {
                    throw late(what, deadline, last == null ? lastState(state) : last);
                }
                wait.state(last == null ? "" : last);
                pause(what);
            }
        }
    }

    /**
     * Does something until it succeeds or fails for a lasting reason. Only for what may be done twice.
     *
     * @param what is done, and where, as in {@code node1: to stop its receiver}
     * @throws TopologyException if the deadline passes, it fails for a lasting reason, or the thread is interrupted
     */
    public static <T> T success(String what, Duration deadline, Supplier<T> step) {
        long start = System.nanoTime();
        try (Wait wait = Wait.atMost(what, deadline)) {
            while (true) {
                try {
                    return step.get();
                } catch (TopologyException e) {
                    String last = passing(e);
                    if (System.nanoTime() - start > deadline.toNanos()) {
                        throw late(what, deadline, last);
                    }
                    wait.state(last);
                }
                pause(what);
            }
        }
    }

    /** As {@link #success(String, Duration, Supplier)}. */
    public static void success(String what, Duration deadline, Runnable step) {
        success(what, deadline, () -> {
            step.run();
            return true;
        });
    }

    public static void pause(String what) {
        pause(Duration.ofMillis(POLL_MILLIS), what);
    }

    /** @throws TopologyException if the thread is interrupted */
    public static void pause(Duration duration, String what) {
        try {
            TimeUnit.MILLISECONDS.sleep(duration.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TopologyException("interrupted while waiting for " + what);
        }
    }

    private static String passing(TopologyException e) {
        if (!e.mayPass()) {
            throw e;
        }
        return e.getMessage();
    }

    private static String lastState(Supplier<String> state) {
        try {
            return state.get();
        } catch (TopologyException e) {
            return e.getMessage();
        }
    }

    private static TopologyException late(String what, Duration deadline, String last) {
        return new TopologyException("waited " + deadline.toMillis() + " ms for " + what + "; last state: " + last);
    }
}
