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

    /** {@code embedded.replication} or {@code docker.replication}. */
    static ReplicationMode read(SettingsReader reader, TopologyKind topology) {
        return reader.oneOf(topology.label() + ".replication", ReplicationMode.class, ReplicationMode::label);
    }

    /** {@code embedded.replicas} or {@code docker.replicas}, which must be enough for the mode. */
    static int replicas(SettingsReader reader, TopologyKind topology) {
        String replicas = topology.label() + ".replicas";
        int number = reader.integer(replicas, 1, 8);
        if (isGroup(reader, topology) && number < 2) {
            throw reader.refusedTogether(
                    "a group needs at least 3 servers, because a majority of 2 is both of them: " + replicas
                            + " must be from 2 to 8",
                    topology.label() + ".replication",
                    replicas);
        }
        return number;
    }

    /** Whether a run on this topology makes a group of its servers. */
    public static boolean isGroup(SettingsReader reader, TopologyKind topology) {
        return topology != TopologyKind.EXTERNAL && read(reader, topology) == GROUP;
    }

    public boolean isSemiSync() {
        return this == AFTER_SYNC || this == AFTER_COMMIT;
    }
}
