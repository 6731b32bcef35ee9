package distributedmysql.load;

import static org.assertj.core.api.Assertions.assertThat;

import distributedmysql.config.HostPort;
import distributedmysql.experiment.AllSettings;
import distributedmysql.mysql.Credentials;
import distributedmysql.mysql.Node;
import distributedmysql.mysql.ServerVersion;
import distributedmysql.topology.ReplicaSet;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ConnectionFeederTest {
    private final Node primary = node("node1");
    private final Node second = node("node2");
    private final Node third = node("node3");
    private final ReplicaSet replicaSet = new ReplicaSet(primary, List.of(second, third));
    private final ConnectionPools pools = new ConnectionPools(
            replicaSet, "db", AllSettings.load(new Properties()).connection());
    private final ConnectionFeeder feeder = new ConnectionFeeder(replicaSet, pools);

    @AfterEach
    void close() {
        pools.close();
    }

    @Test
    void usersReadFromTheReplicasInTurn() {
        assertThat(next().forReads().node()).isEqualTo(second);
        assertThat(next().forReads().node()).isEqualTo(third);
        assertThat(next().forReads().node()).isEqualTo(second);
    }

    @Test
    void aUserKeepsItsReplica() {
        Route route = next();
        assertThat(route.forReads()).isSameAs(route.forReads());
    }

    @Test
    void everyUserWritesToThePrimary() {
        assertThat(next().forWrites().node()).isEqualTo(primary);
        assertThat(next().forWrites().node()).isEqualTo(primary);
    }

    @Test
    void aRouteFollowsARoleChange() {
        Route route = next();
        replicaSet.changeRoles(second, List.of(third));
        assertThat(route.forWrites().node()).isEqualTo(second);
        assertThat(route.forReads().node()).isEqualTo(third);
    }

    @Test
    void withoutReplicasThePrimaryIsRead() {
        Route route = next();
        replicaSet.changeRoles(second, List.of());
        assertThat(route.forReads().node()).isEqualTo(second);
    }

    private Route next() {
        return (Route) feeder.next().get(ConnectionFeeder.KEY);
    }

    private static Node node(String name) {
        return new Node(
                name,
                new HostPort("127.0.0.1", 1),
                ServerVersion.parse("8.0.33"),
                name,
                new Credentials("admin", ""),
                new Credentials("load", ""),
                Optional.empty());
    }
}
