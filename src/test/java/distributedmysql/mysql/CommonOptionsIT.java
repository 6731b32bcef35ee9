package distributedmysql.mysql;

import distributedmysql.topology.TestServers;
import org.junit.jupiter.api.Test;

/** Of the embedded servers, and of Docker's with {@code -Dtopology=docker}. */
class CommonOptionsIT {
    @Test
    void everyServerRunsWithThem() {
        for (Node node : TestServers.shared().nodes()) {
            Mysql.run(node, "be asked for its options", RunsWithCommonOptions::assertFor);
        }
    }
}
