package distributedmysql.history;

import java.util.Objects;

/**
 * One read of the ledger. Times are microseconds on the run's clock.
 *
 * @param node the name of the node that was asked
 */
public record LedgerRead(String node, long invokeMicros, long completeMicros, Completion ending) {
    /** @throws IllegalArgumentException if the times cannot be */
    public LedgerRead {
        Objects.requireNonNull(node, "node");
        Objects.requireNonNull(ending, "ending");
        if (invokeMicros < 0 || completeMicros < invokeMicros) {
            throw new IllegalArgumentException(
                    "read of " + node + ": invoked at " + invokeMicros + " µs, completed at " + completeMicros + " µs");
        }
    }
}
