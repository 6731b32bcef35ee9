package distributedmysql.history;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What an operation was sent for. Each checker looks at one kind. */
public enum Probe {
    /** A write, and one read a planned delay after its acknowledgement. */
    DELAYED_READ,
    /** A write, and reads of one node until they have shown the write, or a deadline has passed. */
    POLL,
    /** What one session writes and reads, one operation at a time: evidence for the session guarantees. */
    SESSION,
    /** After all writes have ended and the replicas have caught up: one read of each written key on each node. */
    FINAL_READ;

    /** As saved and reported, for instance {@code delayed-read}. */
    @JsonValue
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
