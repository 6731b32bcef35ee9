package distributedmysql.experiment.groupconsistency;

/**
 * The values of {@code group_replication_consistency}, in the order in which they are played
 * (https://dev.mysql.com/doc/refman/8.0/en/group-replication-configuring-consistency-guarantees.html).
 */
enum Level {
    /** Nobody waits for anybody. */
    EVENTUAL(false),
    /** What comes to a new primary waits until it has applied its backlog; without a failover it is {@link #EVENTUAL}. */
    BEFORE_ON_PRIMARY_FAILOVER(false),
    /** A transaction, and a read is one, waits until its member has applied what the group agreed upon before it. */
    BEFORE(true),
    /** A write is acknowledged when all members have applied it. */
    AFTER(true),
    BEFORE_AND_AFTER(true);

    private final boolean fresh;

    Level(boolean fresh) {
        this.fresh = fresh;
    }

    /** Whether a read of a secondary must show each write that was acknowledged before it began, all being of this level. */
    boolean promisesFreshReads() {
        return fresh;
    }

    /** For the session that sends it. */
    String statement() {
        return "SET SESSION group_replication_consistency = '" + name() + "'";
    }
}
