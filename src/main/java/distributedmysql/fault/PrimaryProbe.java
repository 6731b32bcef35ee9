package distributedmysql.fault;

import distributedmysql.topology.Cluster;
import distributedmysql.topology.Node;
import distributedmysql.topology.Replication;
import distributedmysql.topology.TopologyException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Asks the primary whether it lives, and the replicas whether they still have it. Used by one thread. */
final class PrimaryProbe {
    private final Cluster cluster;
    private final long timeoutMillis;
    private String lastFailure = "";
    private String executed = "";

    PrimaryProbe(Cluster cluster, FailoverOptions options) {
        this.cluster = cluster;
        this.timeoutMillis = options.probeTimeout().toMillis();
    }

    /** An error that the server itself reports, such as 1040 (too many connections), is a sign of life. */
    boolean isAnswered() {
        try (Connection connection = ServerSql.connect(cluster.primary(), timeoutMillis)) {
            executed = ServerSql.texts(connection, "SELECT @@global.gtid_executed")
                    .get(0)
                    .replace("\n", "");
            return true;
        } catch (SQLException e) {
            lastFailure = ServerSql.reason(e);
            return e.getErrorCode() > 0;
        }
    }

    /** What the primary had executed when it last answered a probe. */
    String lastExecuted() {
        return executed;
    }

    String lastFailure() {
        return lastFailure;
    }

    /**
     * Whether there is a replica to ask, and none that answers is connected to its source.
     *
     * @param evidence takes what each says
     */
    boolean isLostByReplicas(List<String> evidence) {
        List<Boolean> connected = new ArrayList<>();
        for (Node replica : cluster.replicas()) {
            try {
                boolean io = Replication.status(replica).ioRunning();
                connected.add(io);
                evidence.add(replica.name() + (io ? " is still connected to it" : " has lost it"));
            } catch (TopologyException e) {
                evidence.add(replica.name() + " does not answer");
            }
        }
        return !connected.isEmpty() && !connected.contains(true);
    }
}
