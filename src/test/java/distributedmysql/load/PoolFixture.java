package distributedmysql.load;

import distributedmysql.mysql.Node;
import distributedmysql.topology.TestServers;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A small pool of connections to the primary of the shared servers. */
abstract class PoolFixture {
    static final int SIZE = 3;

    NodePool pool;

    @BeforeEach
    void open() {
        pool = pool(SIZE);
    }

    static NodePool pool(int size) {
        return pool(TestServers.shared().primary(), size, Duration.ofSeconds(5));
    }

    static NodePool pool(Node node, int size, Duration timeout) {
        return new NodePool(node, "information_schema", TestServers.connection(size, timeout));
    }

    @AfterEach
    void close() {
        pool.close();
    }
}
