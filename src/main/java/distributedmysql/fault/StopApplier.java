package distributedmysql.fault;

import distributedmysql.mysql.Node;
import distributedmysql.mysql.ReplicaStatus;
import distributedmysql.topology.Replication;

/** The replica goes on fetching from its source, and applies nothing. */
public final class StopApplier extends StoppedThread {
    /** @param node a replica */
    public StopApplier(Node node) {
        super(node);
    }

    @Override
    public String name() {
        return "stop applier";
    }

    @Override
    String stop() {
        Replication.stopApplier(node());
        return "STOP REPLICA SQL_THREAD";
    }

    @Override
    void start() {
        Replication.startApplier(node());
    }

    @Override
    boolean isRunning(ReplicaStatus status) {
        return status.sqlRunning();
    }
}
