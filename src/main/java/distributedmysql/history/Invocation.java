package distributedmysql.history;

import java.util.Objects;

/**
 * Who sent an operation, where to, and when. All times are microseconds since the run's start, on one client clock
 * ({@link RunClock}).
 *
 * @param process the session (virtual user); it has at most one operation under way at a time, except for
 *     {@link Probe#FINAL_READ}
 * @param probe what it was sent for
 * @param key the row; a key has one writer at a time
 * @param node the name of the node that the statement was sent to
 * @param invokeMicros before the statement was sent
 * @param completeMicros after the answer, or after the client gave up
 */
public record Invocation(long process, Probe probe, long key, String node, long invokeMicros, long completeMicros) {
    /** @throws IllegalArgumentException if the operation ended before it began, or began before the run */
    public Invocation {
        Objects.requireNonNull(probe, "probe");
        Objects.requireNonNull(node, "node");
        if (invokeMicros < 0 || completeMicros < invokeMicros) {
            throw new IllegalArgumentException(
                    "not on one clock: invoked at " + invokeMicros + " µs, completed at " + completeMicros + " µs");
        }
    }
}
