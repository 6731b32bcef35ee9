package distributedmysql.fault;

import distributedmysql.config.HostPort;
import distributedmysql.mysql.Node;
import distributedmysql.mysql.TopologyException;
import distributedmysql.topology.Replication;
import java.time.Duration;

/**
 * The connection by which a replica fetches from its source, given a source address of its own on the loopback interface
 * ({@code SOURCE_BIND}), so that a firewall can tell it from the clients' connections. The address stays when a fault is
 * healed: taking it back would interrupt replication once more.
 */
final class ReplicationLink {
    /** All such addresses, and nothing else of ours. */
    static final String NETWORK = "127.77.0.0/16";

    private static final Duration BIND_DEADLINE = Duration.ofSeconds(60);

    private ReplicationLink() {}

    /** The same for a node every time, and unlike that of every other server on this machine. */
    static String address(Node replica) {
        int port = replica.address().port();
        return "127.77." + (port >> 8) + "." + (port & 0xff);
    }

    static void bind(Node replica) {
        Replication.bindReceiver(replica, address(replica), BIND_DEADLINE);
    }

    /** @throws TopologyException if the node has no source */
    static HostPort source(Node replica) {
        return Replication.source(replica).orElseThrow(() -> new TopologyException(replica + ": is not a replica"));
    }
}
