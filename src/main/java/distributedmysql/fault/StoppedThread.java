package distributedmysql.fault;

import distributedmysql.mysql.Node;
import distributedmysql.mysql.ReplicaStatus;
import distributedmysql.topology.Await;
import distributedmysql.topology.Replication;
import java.time.Duration;
import java.util.Optional;

/** One of the two replication threads of a replica stands still; what the two faults have in common. */
abstract sealed class StoppedThread implements Fault permits StopApplier, StopIoThread {
    private static final Duration RUNNING_DEADLINE = Duration.ofSeconds(60);

    private final Node node;
    private boolean injected;

    StoppedThread(Node node) {
        this.node = node;
    }

    /** Stops the thread and returns the statement that did it. */
    abstract String stop();

    abstract void start();

    abstract boolean isRunning(ReplicaStatus status);

    @Override
    public final Node node() {
        return node;
    }

    @Override
    public final Optional<String> impossible() {
        return OwnServer.impossible(node);
    }

    @Override
    public final String inject() {
        OwnServer.require(node);
        injected = true;
        return stop();
    }

    @Override
    public final void heal() {
        if (!injected) {
            return;
        }
        // A replica that was promoted meanwhile has no source any more.
        if (Replication.hasSource(node)) {
            start();
            Await.until(
                    node + ": " + name() + " healed",
                    RUNNING_DEADLINE,
                    () -> isRunning(Replication.status(node)),
                    () -> Replication.status(node).toString());
        }
        injected = false;
    }
}
