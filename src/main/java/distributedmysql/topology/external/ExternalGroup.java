package distributedmysql.topology.external;

import distributedmysql.config.ExternalSet;
import distributedmysql.config.Settings;
import distributedmysql.mysql.Channels;
import distributedmysql.mysql.GroupView;
import distributedmysql.mysql.Mysql;
import distributedmysql.mysql.Node;
import distributedmysql.mysql.ReplicaStatus;
import distributedmysql.mysql.TopologyException;
import distributedmysql.topology.GroupReplication;
import distributedmysql.topology.Replication;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Servers that are members of a group (group replication), which says itself which of them is the primary: looked at before anything is
 * written, and whether its roles can be followed. Nothing of a group is changed.
 */
final class ExternalGroup {
    private final ExternalSet set;
    private final List<FoundServer> servers;
    private final Map<Node, GroupView> views;

    /** @param views what each server's node says, in the order of the servers */
    ExternalGroup(ExternalSet set, List<FoundServer> servers, Map<Node, GroupView> views) {
        this.set = set;
        this.servers = servers;
        this.views = views;
    }

    /**
     * As far as variables tell it, which every user may read: secondaries of a group are read-only. Other servers are left in
     * their order.
     */
    static void sortPrimaryFirst(List<FoundServer> servers) {
        if (servers.stream().noneMatch(server -> name(server).isEmpty())) {
            servers.sort(Comparator.comparing(server -> server.isOn("read_only")));
        }
    }

    /**
     * The primary that the group has now, whichever of the servers the settings call so; empty if no server is a member.
     *
     * @param nodes of the servers, in the same order
     * @throws TopologyException if only some are members of one group, or it is none that can be followed; names the server
     */
    static Optional<Node> primary(ExternalSet set, List<FoundServer> servers, List<Node> nodes) {
        Map<Node, GroupView> views = new LinkedHashMap<>();
        nodes.forEach(node -> views.put(node, GroupReplication.view(node)));
        return views.values().stream().anyMatch(GroupView::isOfMember)
                ? Optional.of(new ExternalGroup(set, servers, views).requirePrimary())
                : Optional.empty();
    }

    /**
     * What is allowed of other servers only.
     *
     * @throws TopologyException names key and value
     */
    static void requireSettings(Settings settings, ExternalSet set) {
        int members = set.addresses().size();
        long connections = 1 + settings.connectionsToOneServer();
        if (connections > settings.external().maxConnections()) {
            throw new TopologyException("external.max-connections = "
                    + settings.external().maxConnections() + ": must be at least " + connections
                    + " for this profile, because each member of a group is asked for its role over one connection more; or"
                    + " lower connection.pool-size");
        }
        String promote = settings.external().hooks().promote();
        if (!promote.isEmpty()) {
            throw new TopologyException("external.hooks.promote = " + promote
                    + ": must be empty, because these servers are a group, which elects its primary itself");
        }
        if (settings.killsExternalServers() && members < 3) {
            throw new TopologyException(set.replicasKey() + ": a group of " + members
                    + " has no majority when its primary is killed, and elects no other one: it must have at least 3"
                    + " members, or external.allow-faults must be false");
        }
    }

    /** @throws TopologyException as {@link #primary} */
    Node requirePrimary() {
        views.forEach(this::requireMember);
        requireOneName();
        for (FoundServer server : servers) {
            if (server.isOn("group_replication_single_primary_mode")) {
                continue;
            }
            throw new TopologyException(server.address()
                    + ": group_replication_single_primary_mode = OFF: the group is in multi-primary mode, in which there is no"
                    + " one primary to follow; must be ON (SELECT group_replication_switch_to_single_primary_mode())");
        }
        views.forEach(this::requireWhole);
        Node first = views.keySet().iterator().next();
        return views.get(first)
                .primary()
                .flatMap(member -> node(member.uuid()))
                .orElseThrow(() -> new TopologyException(first + ": its group has no primary at present: "
                        + views.get(first) + "; start the run when it has one"));
    }

    private String allOfOne() {
        return set.servers() + " must be the members of one group, all of them and nothing else";
    }

    private void requireMember(Node node, GroupView view) {
        if (!view.isOfMember()) {
            throw new TopologyException(node + ": is no member of a group, " + other(view) + " is" + asynchronous(node)
                    + "; " + allOfOne());
        }
        String state =
                view.member(node.serverUuid()).map(GroupView.Member::state).orElse("unknown");
        if (!state.equals("ONLINE")) {
            throw new TopologyException(node + ": its state in its group is " + state
                    + ", so it has not what the others have; must be ONLINE"
                    + (state.equals("ERROR")
                            ? " (its error log says why; START GROUP_REPLICATION lets it join again)"
                            : ""));
        }
    }

    /** Whoever is. */
    private Node other(GroupView view) {
        return views.entrySet().stream()
                .filter(entry ->
                        !entry.getValue().equals(view) && entry.getValue().isOfMember())
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseThrow();
    }

    private static String asynchronous(Node node) {
        List<ReplicaStatus> channels = Replication.channels(node);
        return channels.isEmpty()
                ? ""
                : ", but replicates asynchronously from " + Channels.describe(channels)
                        + ": a group and replicas of it are not followed together";
    }

    private void requireOneName() {
        FoundServer first = servers.get(0);
        for (FoundServer server : servers) {
            if (!name(server).equals(name(first))) {
                throw new TopologyException(first.address() + " and " + server.address()
                        + " belong to two groups (group_replication_group_name = " + name(first) + " and "
                        + name(server) + "); " + allOfOne());
            }
        }
    }

    /** Each must see all the others, and nobody else: any member may become the primary. */
    private void requireWhole(Node node, GroupView view) {
        for (Node other : views.keySet()) {
            String state =
                    view.member(other.serverUuid()).map(GroupView.Member::state).orElse("no member of its group");
            if (!state.equals("ONLINE")) {
                throw new TopologyException(node + ": for it, " + other + " is " + state + "; must be ONLINE");
            }
        }
        view.members().stream()
                .filter(member -> node(member.uuid()).isEmpty())
                .findFirst()
                .ifPresent(missing -> {
                    throw new TopologyException(node + ": its group has the member " + address(node, missing)
                            + ", which is not in the settings and may become the primary; " + allOfOne());
                });
    }

    private static String address(Node asked, GroupView.Member member) {
        String query = "SELECT CONCAT(MEMBER_HOST, ':', MEMBER_PORT)"
                + " FROM performance_schema.replication_group_members WHERE MEMBER_ID = ?";
        return Mysql.text(asked, query, member.uuid()) + " (server_uuid " + member.uuid() + ", " + member.state() + ")";
    }

    private Optional<Node> node(String uuid) {
        return views.keySet().stream()
                .filter(node -> node.serverUuid().equals(uuid))
                .findFirst();
    }

    private static String name(FoundServer server) {
        return server.variable("group_replication_group_name");
    }
}
