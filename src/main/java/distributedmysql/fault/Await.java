package distributedmysql.fault;

import distributedmysql.topology.TopologyException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waiting for a condition, with a deadline. */
final class Await {
    private static final long POLL_MILLIS = 20;

    private Await() {}

    /**
     * @param what is awaited, and where
     * @param state the last one, for the message
     * @throws TopologyException if the deadline passes or the thread is interrupted
     */
    static void until(String what, Duration deadline, BooleanSupplier condition, Supplier<String> state) {
        long start = System.nanoTime();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - start > deadline.toNanos()) {
                throw new TopologyException(
                        "waited " + deadline.toMillis() + " ms for " + what + "; last state: " + state.get());
            }
            pause(what);
        }
    }

    static void pause(String what) {
        pause(Duration.ofMillis(POLL_MILLIS), what);
    }

    static void pause(Duration duration, String what) {
        try {
            TimeUnit.MILLISECONDS.sleep(duration.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TopologyException("interrupted while waiting for " + what);
        }
    }
}
