package distributedmysql.fault;

import distributedmysql.mysql.Node;
import distributedmysql.mysql.ReplicaStatus;
import distributedmysql.topology.Await;
import distributedmysql.topology.Replication;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** One of the two replication threads of a replica stands still. */
public final class StopReplicationThread extends ServerFault {
    private static final Duration RUNNING_DEADLINE = Duration.ofSeconds(60);

    private enum Which {
        APPLIER(
                "stop applier",
                "SQL_THREAD",
                Replication::stopApplier,
                Replication::startApplier,
                ReplicaStatus::sqlRunning),
        RECEIVER(
                "stop IO thread",
                "IO_THREAD",
                Replication::stopReceiver,
                Replication::startReceiver,
                ReplicaStatus::ioRunning);

        private final String fault;
        private final String sql;
        private final Consumer<Node> stop;
        private final Consumer<Node> start;
        private final Predicate<ReplicaStatus> isRunning;

        Which(String fault, String sql, Consumer<Node> stop, Consumer<Node> start, Predicate<ReplicaStatus> isRunning) {
            this.fault = fault;
            this.sql = sql;
            this.stop = stop;
            this.start = start;
            this.isRunning = isRunning;
        }
    }

    private final Which thread;

    private StopReplicationThread(Node replica, Which thread) {
        super(thread.fault, replica);
        this.thread = thread;
    }

    /** The replica goes on fetching from its source, and applies nothing. */
    public static StopReplicationThread applier(Node replica) {
        return new StopReplicationThread(replica, Which.APPLIER);
    }

    /** The replica fetches nothing more from its source; what it has fetched is still applied. */
    public static StopReplicationThread receiver(Node replica) {
        return new StopReplicationThread(replica, Which.RECEIVER);
    }

    @Override
    String harm() {
        thread.stop.accept(node());
        return "STOP REPLICA " + thread.sql;
    }

    @Override
    void repair() {
        // A replica that was promoted meanwhile has no source any more.
        if (Replication.hasSource(node())) {
            thread.start.accept(node());
            Await.until(
                    node() + ": " + name() + " healed",
                    RUNNING_DEADLINE,
                    () -> thread.isRunning.test(Replication.status(node())),
                    () -> Replication.status(node()).toString());
        }
    }
}
