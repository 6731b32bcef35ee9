package distributedmysql.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.mysql.cj.jdbc.ConnectionImpl;
import distributedmysql.topology.OwnServers;
import distributedmysql.topology.ReplicaSet;
import distributedmysql.topology.TestServers;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@OwnServers
class ClosingPoolsIT {
    /** 8 of HikariCP's pools for each server. */
    private static final int SIZE = 200;

    private static final int HIKARI_POOLS = 16;

    @Test
    @DisplayName(
            "Pools that are opening connections to servers that do not answer are closed in seconds, however many connections"
                    + " they have: HikariCP waits 5 s for each of its pools")
    void serversThatDoNotAnswer(ReplicaSet servers) {
        ConnectionPools pools =
                new ConnectionPools(servers, "information_schema", TestServers.connection(SIZE, Duration.ofSeconds(5)));
        servers.nodes().forEach(node -> pools.of(node).open(SIZE / 2));
        servers.nodes().forEach(node -> node.control().orElseThrow().pause());
        try {
            // The least number of them is opened again.
            pools.closeIdle();
            await().atMost(Duration.ofSeconds(30)).until(() -> opening() == HIKARI_POOLS);
            long begun = System.nanoTime();

            pools.close();

            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(14));
        } finally {
            servers.nodes().forEach(node -> node.control().orElseThrow().resume());
        }
    }

    private static long opening() {
        return Thread.getAllStackTraces().values().stream()
                .filter(stack -> Arrays.stream(stack)
                        .anyMatch(frame -> frame.getClassName().equals(ConnectionImpl.class.getName())
                                && frame.getMethodName().equals("connectOneTryOnly")))
                .count();
    }
}
