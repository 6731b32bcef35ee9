package distributedmysql.monitor;

import distributedmysql.topology.Deployment;
import distributedmysql.topology.OwnServers;
import distributedmysql.topology.ReplicaSet;
import distributedmysql.topology.TestServers;
import java.sql.SQLException;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;

/** Tests of the lag: servers of their own, and a rig of its own for each test. */
@Timeout(300)
@OwnServers
abstract class LagRigTests {
    private static ReplicaSet servers;
    private static Deployment replaced;

    LagRig rig;

    @BeforeAll
    static void startServers(ReplicaSet own) {
        servers = own;
    }

    @BeforeEach
    void start() throws SQLException {
        rig = new LagRig(servers);
    }

    /** Servers that cannot be brought back, for instance because the disk stands still, are no other test's. */
    @AfterEach
    void close() {
        if (rig == null) {
            replaceServers("the rig could not be built");
            return;
        }
        try {
            rig.close();
        } catch (SQLException | AssertionError | ConditionTimeoutException e) {
            replaceServers(e.getMessage());
        }
    }

    private static void replaceServers(String reason) {
        System.out.println("servers of this test are replaced: " + reason);
        endReplaced();
        replaced = TestServers.start();
        servers = replaced.replicaSet();
    }

    @AfterAll
    static void endReplaced() {
        if (replaced != null) {
            replaced.close();
            replaced = null;
        }
    }
}
