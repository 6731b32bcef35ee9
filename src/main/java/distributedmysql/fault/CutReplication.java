package distributedmysql.fault;

import distributedmysql.config.HostPort;
import distributedmysql.mysql.Node;
import distributedmysql.mysql.ReplicationNetwork;
import distributedmysql.topology.LoopbackFirewall;
import distributedmysql.topology.Replication;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The network between a replica and its source drops every packet, in both directions; clients still reach both. Neither
 * side is told: the replica notices after its {@code replica_net_timeout}.
 */
public final class CutReplication extends ServerFault {
    private static final Duration RUNNING_DEADLINE = Duration.ofSeconds(60);

    private List<List<String>> rules = List.of();

    public CutReplication(Node replica) {
        super("cut replication", replica);
    }

    @Override
    public Optional<String> impossible() {
        return super.impossible().or(() -> network().isPresent() ? Optional.empty() : LoopbackFirewall.impossible());
    }

    @Override
    String harm() {
        if (network().isPresent()) {
            network().get().disconnect();
            return "disconnected from the replication network";
        }
        Node replica = node();
        HostPort source = ReplicationLink.source(replica);
        ReplicationLink.bind(replica);
        String link = ReplicationLink.address(replica);
        String port = Integer.toString(source.port());
        rules = List.of(List.of("-s", link, "--dport", port), List.of("-d", link, "--sport", port));
        return String.join("; ", rules.stream().map(LoopbackFirewall::drop).toList());
    }

    @Override
    void repair() {
        rules.forEach(LoopbackFirewall::accept);
        network().ifPresent(ReplicationNetwork::reconnect);
        if (Replication.hasSource(node())) {
            Replication.awaitRunning(node(), RUNNING_DEADLINE);
        }
        rules = List.of();
    }
}
