package distributedmysql.experiment.sharding.resharding;

import distributedmysql.topology.Deployment;
import distributedmysql.topology.OwnServers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** Tests that add the third of three shards. */
@OwnServers(shards = 3)
abstract class RigTests {
    /** The running class's. */
    static Rig rig;

    @BeforeAll
    static void start(Deployment servers) {
        rig = new Rig(servers);
    }

    @AfterAll
    static void end() {
        rig.close();
    }
}
