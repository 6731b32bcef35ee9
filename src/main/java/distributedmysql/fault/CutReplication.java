package distributedmysql.fault;

import distributedmysql.config.HostPort;
import distributedmysql.mysql.Node;
import distributedmysql.topology.Replication;
import distributedmysql.topology.ReplicationNetwork;
import distributedmysql.topology.embedded.LoopbackFirewall;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The network between a replica and its source drops every packet, in both directions; clients still reach both. Neither
 * side is told: the replica notices after its {@code replica_net_timeout}.
 */
public final class CutReplication implements Fault {
    private static final Duration RUNNING_DEADLINE = Duration.ofSeconds(60);

    private final Node replica;
    private List<List<String>> rules = List.of();
    private boolean cut;

    public CutReplication(Node replica) {
        this.replica = replica;
    }

    @Override
    public String name() {
        return "cut replication";
    }

    @Override
    public Node node() {
        return replica;
    }

    @Override
    public Optional<String> impossible() {
        return OwnServer.impossible(replica)
                .or(() -> network().isPresent() ? Optional.empty() : LoopbackFirewall.impossible());
    }

    @Override
    public String inject() {
        OwnServer.require(replica);
        if (network().isPresent()) {
            cut = true;
            network().get().disconnect();
            return "disconnected from the replication network";
        }
        HostPort source = ReplicationLink.source(replica);
        ReplicationLink.bind(replica);
        String link = ReplicationLink.address(replica);
        String port = Integer.toString(source.port());
        rules = List.of(List.of("-s", link, "--dport", port), List.of("-d", link, "--sport", port));
        return String.join("; ", rules.stream().map(LoopbackFirewall::drop).toList());
    }

    @Override
    public void heal() {
        if (rules.isEmpty() && !cut) {
            return;
        }
        rules.forEach(LoopbackFirewall::accept);
        network().ifPresent(ReplicationNetwork::reconnect);
        if (Replication.hasSource(replica)) {
            Replication.awaitRunning(replica, RUNNING_DEADLINE);
        }
        rules = List.of();
        cut = false;
    }

    /** Where the replica has a network to its peers only, that is cut instead. */
    private Optional<ReplicationNetwork> network() {
        return replica.control().filter(ReplicationNetwork.class::isInstance).map(ReplicationNetwork.class::cast);
    }
}
