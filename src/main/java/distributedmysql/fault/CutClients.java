package distributedmysql.fault;

import distributedmysql.mysql.Node;
import distributedmysql.topology.LoopbackFirewall;
import distributedmysql.topology.ReplicaSet;
import java.util.List;
import java.util.Optional;

/**
 * Every packet between a node and its clients is dropped, the framework's own connections included; replication, to it
 * and from it, goes on. Clients are not told: they hang until their own timeouts.
 */
public final class CutClients extends ServerFault {
    private final ReplicaSet replicaSet;
    private List<List<String>> rules = List.of();

    public CutClients(ReplicaSet replicaSet, Node node) {
        super("cut clients", node);
        this.replicaSet = replicaSet;
    }

    @Override
    public Optional<String> impossible() {
        return super.impossible().or(LoopbackFirewall::impossible);
    }

    @Override
    String harm() {
        for (Node replica : replicaSet.replicas()) {
            if (!replica.equals(node())
                    && !node().isInContainer()
                    && ReplicationLink.source(replica).equals(node().address())) {
                ReplicationLink.bind(replica);
            }
        }
        String port = Integer.toString(node().address().port());
        rules = List.of(
                List.of("--dport", port, "!", "-s", ReplicationLink.NETWORK),
                List.of("--sport", port, "!", "-d", ReplicationLink.NETWORK));
        return String.join("; ", rules.stream().map(LoopbackFirewall::drop).toList());
    }

    @Override
    void repair() {
        rules.forEach(LoopbackFirewall::accept);
        rules = List.of();
    }
}
