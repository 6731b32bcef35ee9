package distributedmysql.load;

import static org.assertj.core.api.Assertions.assertThat;

import distributedmysql.mysql.Node;
import distributedmysql.topology.OwnServers;
import distributedmysql.topology.ReplicaSet;
import distributedmysql.topology.TestServers;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@OwnServers
class ClosingPoolsIT {
    private static final int SIZE = 200;

    @Test
    @DisplayName("The pools to servers that do not answer, with statements under way and connections being opened, are"
            + " closed in seconds, however many connections they have")
    void serversThatDoNotAnswer(ReplicaSet servers) throws SQLException {
        ConnectionPools pools =
                new ConnectionPools(servers, "information_schema", TestServers.connection(SIZE, Duration.ofSeconds(5)));
        List<NodePool> all = servers.nodes().stream().map(pools::of).toList();
        List<HeldConnection> kept = new ArrayList<>();
        for (NodePool pool : all) {
            pool.open(SIZE / 2);
            kept.add(pool.take());
        }
        servers.nodes().forEach(ClosingPoolsIT::pause);
        try {
            for (NodePool pool : all) {
                for (int i = 0; i < SIZE; i++) {
                    pool.execute(System.nanoTime(), () -> useOne(pool));
                }
            }
            long begun = System.nanoTime();

            pools.close();

            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(14));
        } finally {
            servers.nodes().forEach(node -> node.control().orElseThrow().resume());
        }
        assertThat(kept).hasSize(2);
    }

    private static void pause(Node node) {
        node.control().orElseThrow().pause();
    }

    private static void useOne(NodePool pool) {
        try (HeldConnection connection = pool.take()) {
            connection.statement("SELECT 1").executeQuery().close();
        } catch (SQLException e) {
            // As is to be expected of a server that does not answer.
        }
    }
}
