package distributedmysql.fault;

import distributedmysql.topology.Node;
import distributedmysql.topology.Replication;
import java.time.Duration;
import java.util.Optional;

/** The replica fetches nothing more from its source; what it has fetched is still applied. */
public final class StopIoThread implements Fault {
    private static final Duration RUNNING_DEADLINE = Duration.ofSeconds(60);

    private final Node node;
    private boolean injected;

    /** @param node a replica */
    public StopIoThread(Node node) {
        this.node = node;
    }

    @Override
    public String name() {
        return "stop IO thread";
    }

    @Override
    public Node node() {
        return node;
    }

    @Override
    public Optional<String> impossible() {
        return OwnServer.impossible(node);
    }

    @Override
    public String inject() {
        OwnServer.require(node);
        injected = true;
        Replication.stopReceiver(node);
        return "STOP REPLICA IO_THREAD";
    }

    @Override
    public void heal() {
        if (!injected) {
            return;
        }
        // A replica that was promoted meanwhile has no source any more.
        if (ServerSql.hasSource(node)) {
            Replication.startReceiver(node);
            Await.until(
                    node + ": the IO thread running",
                    RUNNING_DEADLINE,
                    () -> Replication.status(node).ioRunning(),
                    () -> Replication.status(node).toString());
        }
        injected = false;
    }
}
