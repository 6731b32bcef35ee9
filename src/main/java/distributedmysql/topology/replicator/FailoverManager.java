package distributedmysql.topology.replicator;

import distributedmysql.mysql.HookRun;
import distributedmysql.mysql.Node;
import distributedmysql.mysql.TopologyException;
import distributedmysql.topology.replicator.FailoverRecord.Detection;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * One failover: a replica becomes the primary when the primary has died, and the others follow it. It is
 * {@link #awaitDeath}, {@link #promote}, {@link #settle}, and {@link #bringBack} of each that is {@link #outside}, in
 * this order, by one thread.
 *
 * <p>Every method throws {@link TopologyException} if a server that is needed does not answer
 * or a deadline passes.
 */
public sealed interface FailoverManager extends AutoCloseable
        permits CommandedFailover, GroupFailover, ObservedFailover {
    /**
     * Returns when the primary is dead.
     *
     * @param kill says when the primary was killed, on the run's clock, once it was; throws if that has failed
     */
    Detection awaitDeath(Duration deadline, Supplier<Optional<Long>> kill);

    /** Returns when another server takes writes; the replica set's roles have changed then. */
    FailoverRecord promote(Detection detection);

    /** Returns when whatever promoted the new primary has come to its end. */
    default void settle() {}

    /**
     * For another thread, when the run is ending: returns when no command of the user's that promotes is running, and none
     * will be begun; what it has promoted is the replica set's primary then.
     */
    default void awaitHook() {}

    /** Each time that the user's command that promotes was run, in order. */
    default List<HookRun> hooks() {
        return List.of();
    }

    /** Servers of which it is not known yet that they follow the new primary. */
    List<Node> outside();

    /** Returns when it is known what has become of such a server; it is a replica of the replica set if it replicates. */
    ReturnedServer bringBack(Node node, Duration deadline);

    /** Closes the connections that it keeps. */
    @Override
    default void close() {}
}
