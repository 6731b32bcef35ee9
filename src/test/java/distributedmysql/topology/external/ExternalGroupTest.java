package distributedmysql.topology.external;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import distributedmysql.config.ExternalSet;
import distributedmysql.config.HostPort;
import distributedmysql.mysql.Credentials;
import distributedmysql.mysql.GroupView;
import distributedmysql.mysql.GroupView.Member;
import distributedmysql.mysql.Node;
import distributedmysql.mysql.ServerVersion;
import distributedmysql.mysql.TopologyException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("What servers say of their group: whom it has made its primary, or why it cannot be followed")
class ExternalGroupTest {
    private static final ExternalSet SET = new ExternalSet(
            new HostPort("db1", 3306), List.of(new HostPort("db2", 3306), new HostPort("db3", 3306)), false);
    private static final List<String> ALL_ONLINE = List.of("SECONDARY", "PRIMARY", "SECONDARY");

    private final List<FoundServer> servers =
            new ArrayList<>(List.of(server(1, "g1"), server(2, "g1"), server(3, "g1")));
    private final Map<Node, GroupView> views = new LinkedHashMap<>();

    ExternalGroupTest() {
        for (int id = 1; id <= 3; id++) {
            views.put(node(id), view(ALL_ONLINE));
        }
    }

    @Test
    void thePrimaryIsTheGroups() {
        assertThat(new ExternalGroup(SET, servers, views).requirePrimary()).isEqualTo(node(2));
    }

    @Test
    void aMemberThatIsNotOnline() {
        views.put(node(3), view(List.of("SECONDARY", "PRIMARY", "RECOVERING")));
        assertRefused(
                "node3 (db3:3306): its state in its group is RECOVERING, so it has not what the others have; must be"
                        + " ONLINE");
        // It is alone then.
        views.put(node(3), new GroupView(List.of(new Member("uuid3", "ERROR", false))));
        assertRefused(
                "node3 (db3:3306): its state in its group is ERROR", "START GROUP_REPLICATION lets it join again");
    }

    @Test
    void aMemberThatAnotherOneDoesNotReach() {
        views.put(node(1), view(List.of("SECONDARY", "PRIMARY", "UNREACHABLE")));
        assertRefused("node1 (db1:3306): for it, node3 (db3:3306) is UNREACHABLE; must be ONLINE");
    }

    @Test
    void membersOfTwoGroups() {
        servers.set(2, server(3, "g2"));
        views.put(node(3), new GroupView(List.of(new Member("uuid3", "ONLINE", true))));
        assertRefused(
                "db1:3306 and db3:3306 belong to two groups (group_replication_group_name = g1 and g2); external.primary");
    }

    @Test
    void twoGroupsOfOneName() {
        views.put(node(3), new GroupView(List.of(new Member("uuid3", "ONLINE", true))));
        assertRefused("node3 (db3:3306): for it, node1 (db1:3306) is no member of its group; must be ONLINE");
    }

    @Test
    void noPrimary() {
        views.replaceAll((node, view) -> view(List.of("SECONDARY", "SECONDARY", "SECONDARY")));
        assertRefused("node1 (db1:3306): its group has no primary at present: [uuid1 ONLINE, ");
    }

    @Test
    @DisplayName(
            "Without a look at the group, which needs a privilege, the one that takes writes is taken to be the primary")
    void sorted() {
        List<FoundServer> found = new ArrayList<>(List.of(
                new FoundServer(new HostPort("db1", 3306), version(), Map.of("read_only", "ON")), server(2, "g1")));
        ExternalGroup.sortPrimaryFirst(found);
        assertThat(found.get(0).address().host()).as("one is no member").isEqualTo("db1");

        found.set(
                0,
                new FoundServer(
                        new HostPort("db1", 3306),
                        version(),
                        Map.of("read_only", "ON", "group_replication_group_name", "g1")));
        ExternalGroup.sortPrimaryFirst(found);
        assertThat(found.get(0).address().host()).isEqualTo("db2");
    }

    private void assertRefused(String... reasons) {
        assertThatThrownBy(() -> new ExternalGroup(SET, servers, views).requirePrimary())
                .isInstanceOf(TopologyException.class)
                .message()
                .satisfies(message -> assertThat(message).contains(reasons));
    }

    /** @param states of the servers in their order; a role means that it is online */
    private static GroupView view(List<String> states) {
        List<Member> members = new ArrayList<>();
        for (int id = 1; id <= states.size(); id++) {
            String state = states.get(id - 1);
            boolean online = state.equals("PRIMARY") || state.equals("SECONDARY");
            members.add(new Member("uuid" + id, online ? "ONLINE" : state, state.equals("PRIMARY")));
        }
        return new GroupView(members);
    }

    private static FoundServer server(int id, String group) {
        return new FoundServer(
                new HostPort("db" + id, 3306),
                version(),
                Map.of("group_replication_group_name", group, "group_replication_single_primary_mode", "ON"));
    }

    private static ServerVersion version() {
        return ServerVersion.parse("8.0.33");
    }

    private static Node node(int id) {
        Credentials account = new Credentials("root", "secret");
        return new Node(
                "node" + id, new HostPort("db" + id, 3306), version(), "uuid" + id, account, account, Optional.empty());
    }
}
