package distributedmysql.history;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** How the node of a read is chosen, and what is waited for before it. */
public enum Strategy {
    /** Any replica, chosen anew each time. */
    REPLICA,
    /** Always the same replica for one session. */
    STICKY,
    /**
     * Any replica, after {@code WAIT_FOR_EXECUTED_GTID_SET} (MySQL manual, "Functions Used with Global Transaction
     * Identifiers") for the newest write that the session has made or seen.
     */
    GTID_WAIT,
    /** The primary. */
    PRIMARY;

    /** As saved and reported, for instance {@code gtid-wait}. */
    @JsonValue
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
