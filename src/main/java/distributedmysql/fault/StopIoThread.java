package distributedmysql.fault;

import distributedmysql.mysql.Node;
import distributedmysql.mysql.ReplicaStatus;
import distributedmysql.topology.Replication;

/** The replica fetches nothing more from its source; what it has fetched is still applied. */
public final class StopIoThread extends StoppedThread {
    /** @param node a replica */
    public StopIoThread(Node node) {
        super(node);
    }

    @Override
    public String name() {
        return "stop IO thread";
    }

    @Override
    String stop() {
        Replication.stopReceiver(node());
        return "STOP REPLICA IO_THREAD";
    }

    @Override
    void start() {
        Replication.startReceiver(node());
    }

    @Override
    boolean isRunning(ReplicaStatus status) {
        return status.ioRunning();
    }
}
