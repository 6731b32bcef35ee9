package distributedmysql.check;

import com.fasterxml.jackson.annotation.JsonValue;
import distributedmysql.history.Strategy;
import java.util.Locale;

/** The session guarantees of D. B. Terry et al., "Session Guarantees for Weakly Consistent Replicated Data" (1994). */
public enum Guarantee {
    READ_YOUR_WRITES,
    MONOTONIC_READS,
    MONOTONIC_WRITES,
    WRITES_FOLLOW_READS;

    /** As reported, for instance {@code read your writes}. */
    @JsonValue
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    /**
     * Whether one violation is INVALID. Asynchronous replication promises none of the guarantees to reads of any
     * replica: there, violations are a measurement.
     */
    boolean isRequiredUnder(Strategy strategy) {
        return switch (strategy) {
            case PRIMARY, GTID_WAIT -> true;
            case STICKY -> this == MONOTONIC_READS;
            case REPLICA -> false;
        };
    }
}
