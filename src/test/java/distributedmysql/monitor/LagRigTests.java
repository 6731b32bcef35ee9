package distributedmysql.monitor;

import distributedmysql.topology.Cluster;
import distributedmysql.topology.TestCluster;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;

/** Tests of the lag: servers of their own, and a rig of its own for each test. */
@Timeout(300)
abstract class LagRigTests {
    private static Cluster servers;

    LagRig rig;

    @BeforeAll
    static void startServers() {
        servers = TestCluster.start();
    }

    @AfterAll
    static void endServers() {
        servers.close();
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
