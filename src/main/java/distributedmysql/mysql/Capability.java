package distributedmysql.mysql;

/**
 * What MySQL servers can do, or call so, by version: all that the framework needs to know of versions. From the manual's
 * "What Is New" and "Features Removed" of 8.0, 8.4 and 9.x (https://dev.mysql.com/doc/refman/9.5/en/mysql-nutshell.html).
 */
public enum Capability {
    /** {@code SHOW REPLICA STATUS} and {@code START REPLICA}; before: SLAVE. */
    REPLICA_STATEMENTS(8, 0, 22),
    /** {@code CHANGE REPLICATION SOURCE TO}; before: {@code CHANGE MASTER TO}. */
    CHANGE_REPLICATION_SOURCE(8, 0, 23),
    /** Variables and plugins named replica and source, such as {@code replica_parallel_workers}; before: slave, master. */
    REPLICA_VARIABLES(8, 0, 26),
    /** {@code SHOW BINARY LOG STATUS}; before: {@code SHOW MASTER STATUS}. */
    BINARY_LOG_STATUS(8, 2, 0),
    /** {@code RESET BINARY LOGS AND GTIDS}; before: {@code RESET MASTER}. */
    RESET_BINARY_LOGS(8, 2, 0);

    private final int major;
    private final int minor;
    private final int patch;

    Capability(int major, int minor, int patch) {
        this.major = major;
        this.minor = minor;
        this.patch = patch;
    }

    public boolean in(ServerVersion version) {
        return version.isAtLeast(major, minor, patch);
    }
}
