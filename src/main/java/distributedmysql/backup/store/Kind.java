package distributedmysql.backup.store;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Whether a backup can be restored by itself. */
public enum Kind {
    /** All that a server held at one moment. */
    @JsonProperty("full")
    FULL,
    /** What was committed after its parent: closed binary logs. */
    @JsonProperty("incremental")
    INCREMENTAL;

    /** As it is written in names and messages. */
    public String label() {
        return this == FULL ? "full" : "incremental";
    }
}
