package distributedmysql.fault;

import distributedmysql.mysql.Node;
import distributedmysql.topology.Cluster;
import distributedmysql.topology.embedded.LoopbackFirewall;
import java.util.List;
import java.util.Optional;

/**
 * Every packet between a node and its clients is dropped, the framework's own connections included; replication, to it
 * and from it, goes on. Clients are not told: they hang until their own timeouts.
 */
public final class CutClients implements Fault {
    private final Cluster cluster;
    private final Node node;
    private List<List<String>> rules = List.of();

    public CutClients(Cluster cluster, Node node) {
        this.cluster = cluster;
        this.node = node;
    }

    @Override
    public String name() {
        return "cut clients";
    }

    @Override
    public Node node() {
        return node;
    }

    @Override
    public Optional<String> impossible() {
        return OwnServer.impossible(node).or(LoopbackFirewall::impossible);
    }

    @Override
    public String inject() {
        OwnServer.require(node);
        for (Node replica : cluster.replicas()) {
            if (!replica.equals(node)
                    && !node.isInContainer()
                    && ReplicationLink.source(replica).equals(node.address())) {
                ReplicationLink.bind(replica);
            }
        }
        String port = Integer.toString(node.address().port());
        rules = List.of(
                List.of("--dport", port, "!", "-s", ReplicationLink.NETWORK),
                List.of("--sport", port, "!", "-d", ReplicationLink.NETWORK));
        return String.join("; ", rules.stream().map(LoopbackFirewall::drop).toList());
    }

    @Override
    public void heal() {
        rules.forEach(LoopbackFirewall::accept);
        rules = List.of();
    }
}
