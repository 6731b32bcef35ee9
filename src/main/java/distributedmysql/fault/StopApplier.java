package distributedmysql.fault;

import distributedmysql.topology.Node;
import distributedmysql.topology.Replication;
import java.time.Duration;
import java.util.Optional;

/** The replica goes on fetching from its source, and applies nothing. */
public final class StopApplier implements Fault {
    private static final Duration RUNNING_DEADLINE = Duration.ofSeconds(60);

    private final Node node;
    private boolean injected;

    /** @param node a replica */
    public StopApplier(Node node) {
        this.node = node;
    }

    @Override
    public String name() {
        return "stop applier";
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
        Replication.stopApplier(node);
        return "STOP REPLICA SQL_THREAD";
    }

    @Override
    public void heal() {
        if (!injected) {
            return;
        }
        // A replica that was promoted meanwhile has no source any more.
        if (ServerSql.hasSource(node)) {
            Replication.startApplier(node);
            Await.until(
                    node + ": the applier running",
                    RUNNING_DEADLINE,
                    () -> Replication.status(node).sqlRunning(),
                    () -> Replication.status(node).toString());
        }
        injected = false;
    }
}
