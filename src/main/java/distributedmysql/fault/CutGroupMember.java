package distributedmysql.fault;

import distributedmysql.mysql.Mysql;
import distributedmysql.mysql.Node;
import distributedmysql.mysql.ReplicationNetwork;
import distributedmysql.topology.LoopbackFirewall;
import distributedmysql.topology.ReplicaSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Every packet of group communication between one member and the others is dropped; the others reach each other, and clients reach all.
 * Nobody is told: the members suspect each other after 5 s.
 *
 * <p>All members have the same address, and a member's connections to others have ports that the system has chosen. So what is cut is
 * each connection that there is, by its two ports, and any new one that is opened to a member. Once healed, a member that was
 * expelled tries to join again by itself ({@code group_replication_autorejoin_tries}). Of containers, the network that they have for
 * replication is cut instead.
 */
public final class CutGroupMember extends ServerFault {
    private final ReplicaSet group;
    private final List<List<String>> rules = new ArrayList<>();

    public CutGroupMember(ReplicaSet group, Node member) {
        super("cut group member", member);
        this.group = group;
    }

    @Override
    public Optional<String> impossible() {
        return super.impossible()
                .or(() -> group.isGroup()
                                && (network().isPresent() || node().pid().isPresent())
                        ? Optional.empty()
                        : Optional.of(node() + " is no member of a group on this machine"))
                .or(() -> network().isPresent() ? Optional.empty() : LoopbackFirewall.impossible());
    }

    @Override
    String harm() {
        if (network().isPresent()) {
            network().get().disconnect();
            return "disconnected from the replication network";
        }
        List<String> told = new ArrayList<>();
        String own = port(node());
        List<String> others = group.nodes().stream()
                .filter(member -> !member.equals(node()))
                .map(CutGroupMember::port)
                .toList();
        drop(told, "--dport", own);
        drop(told, "--sport", own);
        // Before the connections are listed: nobody opens another one then.
        others.forEach(other -> drop(told, "--dport", other, "--syn"));
        for (ProcessConnections.Ports connection :
                ProcessConnections.of(node().pid().orElseThrow())) {
            String from = Integer.toString(connection.own());
            String to = Integer.toString(connection.other());
            if (others.contains(to)) {
                drop(told, "--sport", from, "--dport", to);
                drop(told, "--sport", to, "--dport", from);
            }
        }
        return String.join("; ", told);
    }

    private void drop(List<String> told, String... match) {
        rules.add(List.of(match));
        told.add(LoopbackFirewall.drop(List.of(match)));
    }

    private static String port(Node member) {
        return Mysql.text(member, "SELECT SUBSTRING_INDEX(@@global.group_replication_local_address, ':', -1)");
    }

    @Override
    void repair() {
        rules.forEach(LoopbackFirewall::accept);
        rules.clear();
        network().ifPresent(ReplicationNetwork::reconnect);
    }
}
