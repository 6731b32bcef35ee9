package distributedmysql.config;

import java.util.Locale;

/** What the primary waits for before it acknowledges a commit; it says what a failover may lose. */
public enum ReplicationMode {
    /** For no replica: acknowledged writes may be lost. */
    ASYNC,
    /**
     * Semi-synchronous, for a replica's receipt before the transaction is visible to anybody: nothing acknowledged is
     * lost, and nothing that was seen
     * (https://dev.mysql.com/doc/refman/8.0/en/replication-semisync.html).
     */
    AFTER_SYNC,
    /**
     * Semi-synchronous, for a replica's receipt after the transaction is visible to others: nothing acknowledged is lost,
     * but what others saw may be.
     */
    AFTER_COMMIT,
    /**
     * For a majority of the group's members: nothing acknowledged is lost as long as a majority lives, and the group says
     * itself which member is the primary (https://dev.mysql.com/doc/refman/8.0/en/group-replication.html).
     */
    GROUP;

    /** As in settings, check names and reports, for instance {@code after-sync}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public boolean isSemiSync() {
        return this == AFTER_SYNC || this == AFTER_COMMIT;
    }
}
