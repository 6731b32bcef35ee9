package distributedmysql.topology.docker;

import static org.assertj.core.api.Assertions.assertThat;

import distributedmysql.config.ReplicationMode;
import distributedmysql.fault.Servers;
import distributedmysql.history.RunClock;
import distributedmysql.mysql.GroupView;
import distributedmysql.mysql.Mysql;
import distributedmysql.mysql.Node;
import distributedmysql.topology.Deployment;
import distributedmysql.topology.GroupReplication;
import distributedmysql.topology.ReplicaSet;
import distributedmysql.topology.Replication;
import distributedmysql.topology.replicator.FailoverManager;
import distributedmysql.topology.replicator.FailoverOptions;
import distributedmysql.topology.replicator.FailoverRecord;
import distributedmysql.topology.replicator.FailoverRecord.Fencing;
import distributedmysql.topology.replicator.Replicator;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class DockerGroupIT {
    @BeforeEach
    void assumeDocker() {
        TestDocker.assumeUsable();
    }

    @Test
    @Tag("nightly")
    @DisplayName(
            "Three containers are a group; it elects another primary when the first is killed, and that one joins again")
    void killed() {
        try (Deployment deployment = TestDocker.start(2, ReplicationMode.GROUP)) {
            ReplicaSet group = deployment.replicaSet();
            Node former = group.primary();
            assertThat(group.isGroup()).isTrue();
            assertThat(GroupReplication.view(former).members()).hasSize(3).allMatch(GroupView.Member::isOnline);
            assertThat(Mysql.texts(
                            former,
                            "SELECT CONCAT(MEMBER_HOST, ':', MEMBER_PORT) FROM"
                                    + " performance_schema.replication_group_members ORDER BY 1"))
                    .as("by the network that can be cut")
                    .containsExactly("node1.replication:3306", "node2.replication:3306", "node3.replication:3306");
            boolean since84 = former.version().isAtLeast(8, 4, 0);
            assertThat(Mysql.text(former, "SELECT @@global.group_replication_consistency"))
                    .isEqualTo(since84 ? "BEFORE_ON_PRIMARY_FAILOVER" : "EVENTUAL");

            Replicator replicator = Replicator.of(group, FailoverOptions.defaults(), new RunClock(), Optional.empty());
            try (FailoverManager failover = replicator.failover()) {
                former.control().orElseThrow().kill();
                FailoverRecord record = failover.promote(failover.awaitDeath(Servers.DEADLINE, Optional::empty));

                assertThat(record.fencing()).isEqualTo(Fencing.DEAD);
                assertThat(Replication.takesWrites(group.primary())).isTrue();
                assertThat(failover.bringBack(former, Servers.DEADLINE).problem())
                        .isEmpty();
                assertThat(group.replicas()).hasSize(2).contains(former);
            }
        }
    }
}
