package distributedmysql.monitor.table;

import distributedmysql.time.Deadline;
import java.time.Duration;

/** A {@link Deadline} that is postponed by the time that does not count. Thread-safe. */
final class TableDeadline {
    private volatile Deadline deadline;

    private TableDeadline(Deadline deadline) {
        this.deadline = deadline;
    }

    static TableDeadline in(Duration time) {
        return new TableDeadline(Deadline.after(time));
    }

    /** This deadline as it is now, or {@code time} from now, whichever comes first. */
    TableDeadline orIn(Duration time) {
        Deadline other = Deadline.after(time);
        return other.left().compareTo(deadline.left()) < 0 ? new TableDeadline(other) : this;
    }

    /** Time that does not count: the deadline is that much later. */
    synchronized void postpone(Duration by) {
        deadline = deadline.later(by);
    }

    boolean passed() {
        return remainingMillis() < 1;
    }

    /** Whether it passed that long ago, or longer. */
    boolean passedBefore(Duration ago) {
        return deadline.later(ago).hasPassed();
    }

    /** 0 when it has passed, or will within a millisecond. */
    long remainingMillis() {
        return deadline.left().toMillis();
    }
}
