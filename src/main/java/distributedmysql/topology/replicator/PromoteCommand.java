package distributedmysql.topology.replicator;

import distributedmysql.mysql.Node;
import distributedmysql.mysql.TopologyException;
import distributedmysql.topology.external.Hook;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** The user's command that promotes a replica, while it runs; it ends by its deadline. Thread-safe. */
final class PromoteCommand {
    private final FutureTask<Boolean> task;

    private PromoteCommand(FutureTask<Boolean> task) {
        this.task = task;
    }

    static PromoteCommand start(Hook hook, Node replica, Node former, Duration deadline) {
        FutureTask<Boolean> task = new FutureTask<>(() -> hook.promote(replica, former, deadline), true);
        Thread thread = new Thread(task, hook.key());
        thread.setDaemon(true);
        thread.start();
        return new PromoteCommand(task);
    }

    boolean hasEnded() {
        return task.isDone();
    }

    /** Returns when it has ended, however. */
    void awaitEnd() {
        try {
            awaitSuccess();
        } catch (TopologyException e) {
            // Whoever began it says so.
            return;
        }
    }

    /** @throws TopologyException if it failed; says how */
    void awaitSuccess() {
        // Hook.run says that it waits, and has the deadline.
        try {
            task.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof TopologyException failure) {
                throw failure;
            }
            throw new TopologyException("the command that promotes a replica: " + e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TopologyException("interrupted while a replica was being promoted");
        }
    }
}
