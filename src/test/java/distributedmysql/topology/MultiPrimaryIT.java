package distributedmysql.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import distributedmysql.fault.Servers;
import distributedmysql.mysql.Mysql;
import distributedmysql.mysql.Node;
import java.sql.SQLException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@OwnServers(multiPrimary = true)
class MultiPrimaryIT {
    @Test
    @DisplayName("Every member takes writes; what multi-primary mode cannot keep apart is refused")
    void writes(ReplicaSet group) throws SQLException {
        Mysql.execute(group.primary(), "CREATE DATABASE multi");
        Mysql.execute(group.primary(), "CREATE TABLE multi.t (id INT PRIMARY KEY)");
        Replication.awaitConvergence(group, Servers.DEADLINE);
        for (int i = 0; i < 3; i++) {
            Node member = group.nodes().get(i);
            Servers.await(member + ": to take writes", () -> Replication.takesWrites(member), () -> "it is read-only");
            Mysql.execute(member, "INSERT INTO multi.t VALUES (" + i + ")");
        }
        Replication.awaitConvergence(group, Servers.DEADLINE);
        for (Node member : group.nodes()) {
            assertThat(Mysql.text(member, "SELECT COUNT(*) FROM multi.t")).isEqualTo("3");
        }
        try (Mysql session = Mysql.open(group.primary())) {
            assertThatThrownBy(() -> session.execute("CREATE TABLE multi.child (id INT PRIMARY KEY, FOREIGN KEY (id)"
                            + " REFERENCES multi.t (id) ON DELETE CASCADE)"))
                    .satisfies(e -> System.out.println("cascading foreign key: " + e));
        } catch (AssertionError e) {
            System.out.println("cascading foreign key: created");
        }
        try (Mysql session = Mysql.open(group.primary())) {
            session.execute("SET SESSION transaction_isolation = 'SERIALIZABLE'");
            assertThatThrownBy(() -> session.execute("INSERT INTO multi.t VALUES (10)"))
                    .isInstanceOf(SQLException.class)
                    .satisfies(e -> System.out.println("SERIALIZABLE: " + e));
        }
    }

    @Test
    @DisplayName(
            "Another member is written to once the one that was is expelled, and it joins again as one of the others")
    void writerDies(ReplicaSet group) {
        Node former = group.primary();
        Node next = group.nodes().get(group.nodes().indexOf(former) == 0 ? 1 : 0);
        OwnServer.killable(former).kill();
        Servers.await(
                "another writer",
                () -> group.primary().equals(next) && group.replicas().size() == 1,
                () -> group.roles().toString());
        assertThat(Replication.takesWrites(next)).isTrue();

        OwnServer.startIfEnded(former, OwnServer.START_DEADLINE);
        GroupReplication.join(former, group.replicationAccount().orElseThrow(), Servers.DEADLINE);
        Servers.await(
                former + ": to be a member again",
                () -> group.replicas().contains(former),
                () -> group.roles().toString());
        assertThat(group.primary()).isEqualTo(next);
    }
}
