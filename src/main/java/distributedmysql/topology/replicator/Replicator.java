package distributedmysql.topology.replicator;

import distributedmysql.config.ReplicationMode;
import distributedmysql.history.RunClock;
import distributedmysql.mysql.TopologyException;
import distributedmysql.topology.ReplicaSet;
import distributedmysql.topology.external.Hook;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How the servers of a replica set replicate, and who says which of them is the primary: the framework, which commands the
 * roles, or somebody else, whose doing is observed. Used by one thread at a time, but for {@link #serversNow}.
 *
 * <p>Every method throws {@link TopologyException} if a server that is needed does not answer or a deadline passes.
 */
public sealed interface Replicator permits CommandedReplicator, GroupReplicator, ObservedReplicator {
    /** @param promote what makes a replica the primary where roles are observed; empty if a failover manager does */
    static Replicator of(ReplicaSet replicaSet, FailoverOptions options, RunClock clock, Optional<Hook> promote) {
        if (replicaSet.isGroup()) {
            return new GroupReplicator(replicaSet, options, clock);
        }
        return replicaSet
                .replicationAccount()
                .<Replicator>map(account -> new CommandedReplicator(replicaSet, options, clock))
                .orElseGet(() -> new ObservedReplicator(replicaSet, options, clock, promote));
    }

    /** Whether roles and replication are the framework's to change, and so to repair. */
    boolean commands();

    /** Of the wanted modes those that the servers can be in: all, or where none may be switched, the one that they are in. */
    List<ReplicationMode> modes(List<ReplicationMode> wanted);

    /**
     * Brings back what an earlier failover has left, and returns when the servers replicate in this mode; does nothing
     * where roles are observed.
     *
     * @param semiSyncTimeout how long a commit waits for a replica before the primary goes on asynchronously
     */
    void enable(ReplicationMode mode, Duration semiSyncTimeout);

    /** Back to asynchronous replication, where {@link #enable} has switched to another. */
    void disable();

    /**
     * What carries out one failover, in the mode that was enabled.
     *
     * @throws TopologyException also if the servers are not what a failover can begin with
     */
    FailoverManager failover();

    /** What can be seen of the servers when a failover has not come to its end. Thread-safe; throws nothing. */
    ServersNow serversNow();
}
