package distributedmysql.monitor;

import java.time.Duration;
import java.util.Optional;

/** When the load runs that statistics are of; nothing counts before it is known to have begun. Thread-safe. */
final class LoadWindow {
    private LoadTime time;

    synchronized void begins(long nanos, Duration planned) {
        time = new LoadTime(nanos, nanos + planned.toNanos());
    }

    /** Does nothing if it has ended, or never begun. */
    synchronized void ends(long nanos) {
        if (time != null && time.contains(nanos)) {
            time = new LoadTime(time.fromNanos(), nanos);
        }
    }

    /** With the planned end, while it runs. */
    synchronized Optional<LoadTime> time() {
        return Optional.ofNullable(time);
    }

    boolean contains(long nanos) {
        return time().filter(load -> load.contains(nanos)).isPresent();
    }
}
