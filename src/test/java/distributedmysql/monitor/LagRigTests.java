package distributedmysql.monitor;

import distributedmysql.topology.Deployment;
import distributedmysql.topology.ReplicaSet;
import distributedmysql.topology.ServersThen;
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
abstract class LagRigTests {
    private static Deployment deployment;
    private static ReplicaSet servers;

    LagRig rig;

    @BeforeAll
    static void startServers() {
        deployment = TestServers.start();
        servers = deployment.replicaSet();
    }

    @AfterAll
    static void endServers() {
        deployment.close();
    }

    @BeforeEach
    void start() throws SQLException {
        rig = new LagRig(servers);
    }

    /** Servers that cannot be brought back, for instance because the disk stands still, are no other test's. */
    @AfterEach
    void close() {
        if (rig == null) {
            replaceServers();
            return;
        }
        try {
            rig.close();
        } catch (SQLException | AssertionError | ConditionTimeoutException e) {
            e.printStackTrace(System.out);
            replaceServers();
        }
    }

    private static void replaceServers() {
        System.out.println(
                "servers that are replaced: " + ServersThen.of(deployment).getMessage());
        endServers();
        startServers();
    }
}
