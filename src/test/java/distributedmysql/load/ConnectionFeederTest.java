package distributedmysql.load;

import static org.assertj.core.api.Assertions.assertThat;

import distributedmysql.mysql.NamedNode;
import distributedmysql.mysql.Node;
import distributedmysql.topology.ReplicaSet;
import distributedmysql.topology.Role;
import distributedmysql.topology.TestServers;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class ConnectionFeederTest {
    private static final Node PRIMARY = NamedNode.of("node1");
    private static final Node SECOND = NamedNode.of("node2");
    private static final Node THIRD = NamedNode.of("node3");

    /** Of all tests: HikariCP takes seconds to close a pool whose server does not answer. */
    private static final ConnectionPools POOLS =
            new ConnectionPools(replicaSet(), "db", TestServers.connection(1, Duration.ofSeconds(1)));

    private final ReplicaSet replicaSet = replicaSet();
    private final ConnectionFeeder feeder = new ConnectionFeeder(replicaSet, POOLS);

    private static ReplicaSet replicaSet() {
        return new ReplicaSet(PRIMARY, List.of(SECOND, THIRD));
    }

    @AfterAll
    static void close() {
        POOLS.close();
    }

    @Test
    void usersReadFromTheReplicasInTurn() {
        assertThat(next().to(Role.REPLICA).node()).isEqualTo(SECOND);
        assertThat(next().to(Role.REPLICA).node()).isEqualTo(THIRD);
        assertThat(next().to(Role.REPLICA).node()).isEqualTo(SECOND);
    }

    @Test
    void aUserKeepsItsReplica() {
        Route route = next();
        assertThat(route.to(Role.REPLICA)).isSameAs(route.to(Role.REPLICA));
    }

    @Test
    void everyUserWritesToThePrimary() {
        assertThat(next().to(Role.PRIMARY).node()).isEqualTo(PRIMARY);
        assertThat(next().to(Role.PRIMARY).node()).isEqualTo(PRIMARY);
    }

    @Test
    void aRouteFollowsARoleChange() {
        Route route = next();
        replicaSet.changeRoles(SECOND, List.of(THIRD));
        assertThat(route.to(Role.PRIMARY).node()).isEqualTo(SECOND);
        assertThat(route.to(Role.REPLICA).node()).isEqualTo(THIRD);
    }

    @Test
    void withoutReplicasThePrimaryIsRead() {
        Route route = next();
        replicaSet.changeRoles(SECOND, List.of());
        assertThat(route.to(Role.REPLICA).node()).isEqualTo(SECOND);
    }

    private Route next() {
        return (Route) feeder.next().get(ConnectionFeeder.KEY);
    }
}
