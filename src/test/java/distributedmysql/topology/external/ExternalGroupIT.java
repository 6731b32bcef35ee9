package distributedmysql.topology.external;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import distributedmysql.fault.Servers;
import distributedmysql.mysql.Credentials;
import distributedmysql.mysql.Mysql;
import distributedmysql.mysql.Node;
import distributedmysql.mysql.Secret;
import distributedmysql.mysql.TopologyException;
import distributedmysql.topology.Deployment;
import distributedmysql.topology.GroupReplication;
import distributedmysql.topology.OwnServers;
import distributedmysql.topology.Pasted;
import distributedmysql.topology.ReplicaSet;
import distributedmysql.topology.Replication;
import distributedmysql.topology.TestSql;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName(
        "A group that the run has not started is followed, and what cannot be followed is refused before anything is written")
@OwnServers(group = true)
class ExternalGroupIT extends ExternalTopologyFixture {
    private static final String ALL = "external.primary and external.replicas must be the members of one group";

    @Test
    @DisplayName("It is said that it is a group, and routes follow what it decides; how soon is measured")
    void followed() throws Exception {
        String[] settings = all();
        ServerState before = state();
        Node former = replicaSet.primary();
        try (Deployment deployment = topology(admin(), settings).start()) {
            ReplicaSet found = deployment.replicaSet();
            assertThat(found.isGroup()).isTrue();
            assertThat(found.replicationAccount()).isEmpty();
            assertThat(found.primary().serverUuid()).isEqualTo(former.serverUuid());
            assertThat(found.replicas()).hasSize(2);
            assertThat(String.join("\n", console))
                    .contains("they are a group (group replication)")
                    .doesNotContain("warning", "is a secondary");
            assertThat(state()).isEqualTo(before);

            Node next = replicaSet.replicas().get(0);
            makePrimary(next);
            long changed = System.nanoTime();
            Servers.await(
                    next + ": to be the primary of the routes",
                    () -> found.primary().serverUuid().equals(next.serverUuid())
                            && found.replicas().size() == 2,
                    () -> found.roles().toString());
            System.out.println("routes knew the new primary of a group of others after "
                    + TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - changed) + " ms");
        }
    }

    @Test
    @DisplayName("Whichever member is the primary is taken as such, and one line says so")
    void secondaryFirst() throws Exception {
        Node now = replicaSet.primary();
        Node other = replicaSet.replicas().get(0);
        Node third = replicaSet.replicas().get(1);
        try (Deployment deployment =
                topology(admin(), servers(other, now, third)).start()) {
            ReplicaSet found = deployment.replicaSet();
            assertThat(found.primary().serverUuid()).isEqualTo(now.serverUuid());
            assertThat(found.primary().name()).isEqualTo("node2");
            assertThat(found.nodes()).extracting(Node::name).containsExactly("node2", "node1", "node3");
        }
        assertThat(console)
                .contains("external: external.primary = " + other.address() + " is a secondary of its group now: "
                        + now.address() + " is the primary, and is taken as such")
                .anyMatch(line -> line.startsWith("external: primary " + now.address() + ": MySQL "));
    }

    @Test
    void readOnly() throws Exception {
        ServerState before = state();
        try (Deployment deployment = topology(
                        admin(), with(all(), "external.read-only=true", "external.compare-databases=theirs"))
                .start()) {
            assertThat(deployment.replicaSet().isGroup()).isTrue();
        }
        assertThat(state()).isEqualTo(before);
    }

    @Test
    @DisplayName("A member that the settings lack may become the primary, so it is named")
    void missingMember() throws Exception {
        Node missing = replicaSet.replicas().get(1);
        assertRefused(
                admin(),
                servers(replicaSet.primary(), replicaSet.replicas().get(0)),
                "its group has the member ",
                ":" + missing.address().port() + " (server_uuid " + missing.serverUuid() + ", ONLINE)",
                "which is not in the settings and may become the primary; " + ALL);
    }

    @Test
    @DisplayName("One that has left, and one that replicates from the group asynchronously, are no members")
    void noMember() throws Exception {
        Node left = replicaSet.replicas().get(1);
        String[] settings = all();
        Mysql.execute(left, "STOP GROUP_REPLICATION");
        try {
            assertRefused(admin(), settings, "(" + left.address() + "): is no member of a group, ", ALL);

            Node primary = replicaSet.primary();
            Replication.follow(left, primary, replicaSet.replicationAccount().orElseThrow(), DEADLINE);
            assertRefused(
                    admin(),
                    settings,
                    "(" + left.address() + "): is no member of a group, ",
                    "but replicates asynchronously from " + primary.address(),
                    "a group and replicas of it are not followed together; " + ALL);
            Replication.forgetSource(left);
        } finally {
            GroupReplication.join(left, replicaSet.replicationAccount().orElseThrow(), DEADLINE);
        }
    }

    @Test
    void multiPrimary() throws Exception {
        Node former = replicaSet.primary();
        String[] settings = all();
        Mysql.text(former, "SELECT group_replication_switch_to_multi_primary_mode()");
        try {
            assertRefused(
                    admin(),
                    settings,
                    ": group_replication_single_primary_mode = OFF",
                    "must be ON (SELECT group_replication_switch_to_single_primary_mode())");
        } finally {
            Mysql.text(former, "SELECT group_replication_switch_to_single_primary_mode('" + former.serverUuid() + "')");
        }
    }

    @Test
    @DisplayName("What a user lacks is to be granted on the primary of now, whatever the settings call so")
    void grants() throws Exception {
        Node now = replicaSet.primary();
        Node other = replicaSet.replicas().get(0);
        Credentials lacks = new Credentials("lacks", new Secret("only-in-this-test"));
        String[] settings = servers(other, now, replicaSet.replicas().get(1));
        TestSql.execute(now, "CREATE USER lacks IDENTIFIED BY 'only-in-this-test'");
        Replication.awaitConvergence(replicaSet, DEADLINE);
        try {
            TopologyException refused = catchThrowableOfType(
                    TopologyException.class, () -> topology(lacks, settings).start());
            assertThat(refused).hasMessageStartingWith(now.address() + " as lacks: lacks privileges");
            TestSql.execute(now, Pasted.of(refused.getMessage(), now.address().toString()));
            Replication.awaitConvergence(replicaSet, DEADLINE);
            try (Deployment deployment = topology(lacks, settings).start()) {
                assertThat(deployment.replicaSet().primary().serverUuid()).isEqualTo(now.serverUuid());
            }
        } finally {
            TestSql.execute(now, "DROP USER lacks");
            Replication.awaitConvergence(replicaSet, DEADLINE);
        }
    }

    @Test
    void aCommandThatPromotes() throws Exception {
        assertRefused(
                admin(),
                with(
                        all(),
                        "external.allow-faults=true",
                        "external.hooks.kill=false",
                        "external.hooks.start=false",
                        "external.hooks.promote=/opt/promote"),
                "external.hooks.promote = /opt/promote: must be empty, because these servers are a group, which elects its"
                        + " primary itself");
    }

    private static String[] all() {
        return servers(replicaSet.primary(), replicaSet.replicas().toArray(Node[]::new));
    }

    private static void makePrimary(Node node) {
        Mysql.text(replicaSet.primary(), "SELECT group_replication_set_as_primary('" + node.serverUuid() + "')");
    }
}
