package distributedmysql.monitor;

import distributedmysql.topology.OwnServers;
import distributedmysql.topology.ReplicaSet;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;

/** Tests of the lag: servers of their own, and a rig of its own for each test. */
@Timeout(300)
@OwnServers
abstract class LagRigTests {
    private static ReplicaSet servers;

    LagRig rig;

    @BeforeAll
    static void startServers(ReplicaSet own) {
        servers = own;
    }

    @BeforeEach
    void start() throws SQLException {
        rig = new LagRig(servers);
    }

    @AfterEach
    void close() throws SQLException {
        rig.close();
    }
}
