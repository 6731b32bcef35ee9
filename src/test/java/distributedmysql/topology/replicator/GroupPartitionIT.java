package distributedmysql.topology.replicator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import distributedmysql.config.ReplicationMode;
import distributedmysql.fault.CutGroupMember;
import distributedmysql.fault.Servers;
import distributedmysql.history.RunClock;
import distributedmysql.mysql.GroupView;
import distributedmysql.mysql.Mysql;
import distributedmysql.mysql.Node;
import distributedmysql.mysql.TopologyException;
import distributedmysql.topology.Deployment;
import distributedmysql.topology.GroupReplication;
import distributedmysql.topology.OwnServers;
import distributedmysql.topology.ReplicaSet;
import distributedmysql.topology.Replication;
import distributedmysql.topology.docker.TestDocker;
import distributedmysql.topology.replicator.FailoverRecord.Fencing;
import distributedmysql.topology.replicator.OwnClient.Acknowledgement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The primary of a group is cut from the other members, and not from its clients. Needs root and iptables. */
class GroupPartitionIT {
    @Test
    @OwnServers(group = true)
    @DisplayName(
            "A primary that only its clients reach acknowledges nothing after the election, and an independent client agrees")
    void cut(ReplicaSet group) throws Exception {
        assertThat(play(group)).contains("--syn", "--sport", "--dport");
    }

    @Test
    @Tag("nightly")
    @DisplayName("The same of containers, one of which loses the network to the others")
    void cutContainer() throws Exception {
        TestDocker.assumeUsable();
        try (Deployment containers = TestDocker.start(2, ReplicationMode.GROUP)) {
            assertThat(play(containers.replicaSet())).isEqualTo("disconnected from the replication network");
        }
    }

    /** @return what was cut */
    private static String play(ReplicaSet group) throws Exception {
        Node former = group.primary();
        CutGroupMember fault = new CutGroupMember(group, former);
        String impossible = fault.impossible().orElse("");
        assumeTrue(impossible.isEmpty(), impossible);
        OwnClient.makeTable(group);
        Replication.awaitConvergence(group, Servers.DEADLINE);
        Replicator replicator = Replicator.of(group, FailoverOptions.defaults(), new RunClock(), Optional.empty());

        try (OwnClient ofFormer = new OwnClient(() -> former, 1).start();
                OwnClient routed = new OwnClient(group::primary, 1_000_000);
                FailoverManager failover = replicator.failover()) {
            await(ofFormer, 50);
            String cut = fault.inject();
            try {
                FailoverRecord record = failover.promote(failover.awaitDeath(Servers.DEADLINE, Optional::empty));
                long elected = System.nanoTime();
                assertThat(record.former()).isEqualTo(former.name());
                assertThat(record.fencing()).isEqualTo(Fencing.EXPELLED);
                assertThat(group.primary()).isNotEqualTo(former);
                routed.start();
                await(routed, 50);

                // Clients do reach it; it knows of its loneliness, and commits nothing.
                assertThat(Mysql.text(former, "SELECT 1")).isEqualTo("1");
                Servers.await(
                        former + ": to find the others unreachable",
                        () -> !GroupReplication.view(former).hasMajority(),
                        () -> GroupReplication.view(former).toString());
                assertThatThrownBy(() -> Mysql.run(
                                former,
                                Duration.ofSeconds(3),
                                "write",
                                session -> session.execute("INSERT INTO " + OwnClient.TABLE + " VALUES (-1)")))
                        .isInstanceOf(TopologyException.class);
                assertThat(ofFormer.acknowledged()).noneMatch(each -> each.nanos() > elected);
            } finally {
                fault.heal();
            }
            Servers.await(
                    former + ": to be a member again, or out",
                    () -> group.replicas().contains(former)
                            || !GroupReplication.view(former)
                                    .member(former.serverUuid())
                                    .map(GroupView.Member::isOnline)
                                    .orElse(false),
                    () -> GroupReplication.view(former).toString());
            ofFormer.end();
            routed.end();
            if (!group.replicas().contains(former)) {
                assertThat(failover.bringBack(former, Servers.DEADLINE).problem())
                        .isEmpty();
            }
            Replication.awaitConvergence(group, Servers.DEADLINE);

            Set<Integer> there = OwnClient.numbers(group.primary());
            assertThat(there)
                    .containsAll(numbers(ofFormer))
                    .containsAll(numbers(routed))
                    .doesNotContain(-1);
            for (Node node : group.nodes()) {
                assertThat(OwnClient.numbers(node)).isEqualTo(there);
            }
            return cut;
        }
    }

    private static void await(OwnClient client, int more) {
        int wanted = client.count() + more;
        Servers.await(more + " more acknowledgements", () -> client.count() >= wanted, client::toString);
    }

    private static List<Integer> numbers(OwnClient client) {
        return client.acknowledged().stream().map(Acknowledgement::number).toList();
    }
}
