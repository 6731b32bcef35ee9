package distributedmysql.mysql;

import distributedmysql.topology.TestCluster;
import org.junit.jupiter.api.Test;

/** Of the embedded servers, and of Docker's with {@code -Dtopology=docker}. */
class CommonOptionsIT {
    @Test
    void everyServerRunsWithThem() {
        for (Node node : TestCluster.shared().nodes()) {
            Mysql.run(node, "be asked for its options", RunsWithCommonOptions::assertFor);
        }
    }
}
