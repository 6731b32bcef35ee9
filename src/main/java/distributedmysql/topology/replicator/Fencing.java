package distributedmysql.topology.replicator;

/** How the former primary was kept from acknowledging writes after the promotion. */
public enum Fencing {
    /** Its process had ended already. */
    DEAD,
    /** It was killed: a paused server would acknowledge as soon as it is resumed. */
    KILLED,
    /** It answered, was set to {@code super_read_only}, and its clients were disconnected. */
    READ_ONLY,
    /** It was not: by the settings, or because it neither answers nor is ours. */
    NONE
}
