package distributedmysql.experiment.consistency.judge;

import com.fasterxml.jackson.annotation.JsonValue;
import distributedmysql.check.Meaning;
import distributedmysql.history.Strategy;
import java.util.Locale;

/** The session guarantees of D. B. Terry et al., "Session Guarantees for Weakly Consistent Replicated Data" (1994). */
public enum Guarantee {
    READ_YOUR_WRITES,
    MONOTONIC_READS,
    MONOTONIC_WRITES,
    WRITES_FOLLOW_READS;

    static final Meaning MEANING = new Meaning(
            "Sessions saw what the strategy of their reads rules out.",
            "Some strategy has no evidence for this guarantee.",
            "The evidence names session, key and versions; look these up in the saved history, and check what"
                    + " stands between the clients and the servers.");

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
