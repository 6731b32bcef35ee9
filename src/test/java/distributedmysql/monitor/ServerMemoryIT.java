package distributedmysql.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import distributedmysql.monitor.ServerMemory.Resident;
import distributedmysql.mysql.Mysql;
import distributedmysql.mysql.Node;
import distributedmysql.topology.OwnServer;
import distributedmysql.topology.OwnServers;
import distributedmysql.topology.ReplicaSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@OwnServers
class ServerMemoryIT {
    private static final long PAGE_BYTES = 4096;

    @Test
    @DisplayName("What is reported of a server is what its process has, and its peak outlives a kill")
    void figures(ReplicaSet servers) throws IOException, SQLException {
        Node replica = servers.replicas().get(0);
        try (ServerMemory memory = ServerMemory.watch(servers.nodes())) {
            assertThat(memory.soFar()).hasSize(2);
            for (Node node : servers.nodes()) {
                Resident resident = of(memory, node);
                assertThat((double) resident.endBytes()).isCloseTo(residentBytes(node), within(16.0 * (1 << 20)));
                assertThat(resident.startBytes()).isLessThanOrEqualTo(resident.peakBytes());
                assertThat(resident.missing()).isNull();
            }

            long before = of(memory, replica).peakBytes();
            useMemory(replica);
            long peak = of(memory, replica).peakBytes();
            assertThat(peak - before).isGreaterThan(100L << 20);

            OwnServer.killable(replica).kill();
            assertThat(of(memory, replica).endBytes()).isNull();
            assertThat(of(memory, replica).peakBytes()).isEqualTo(peak);

            OwnServer.startIfEnded(replica, OwnServer.START_DEADLINE);
            assertThat(of(memory, replica).endBytes()).isLessThan(peak - (100L << 20));
            assertThat(of(memory, replica).peakBytes()).isEqualTo(peak);
        }
    }

    @Test
    @DisplayName("Of a server that the run has not started nothing is known, and the reason is said")
    void ofOthers(ReplicaSet servers) {
        Node own = servers.primary();
        Node other = new Node(
                "other", own.address(), own.version(), own.serverUuid(), own.admin(), own.load(), Optional.empty());
        try (ServerMemory memory = ServerMemory.watch(List.of(other))) {
            assertThat(memory.soFar())
                    .containsExactly(new Resident("other", null, null, null, "the server was not started by the run"));
        }
    }

    private static Resident of(ServerMemory memory, Node node) {
        return memory.soFar().stream()
                .filter(resident -> resident.node().equals(node.name()))
                .findFirst()
                .orElseThrow();
    }

    /** The server builds a text of 128 MiB. */
    private static void useMemory(Node node) throws SQLException {
        Mysql.execute(node, "SET GLOBAL max_allowed_packet = " + (256 << 20));
        try (Mysql session = Mysql.open(node)) {
            assertThat(session.number("SELECT LENGTH(REPEAT(UUID(), " + (128 << 20) / 36 + "))"))
                    .isGreaterThan(127L << 20);
        }
    }

    /** As another file of the kernel has it, in pages (proc(5)). */
    private static double residentBytes(Node node) throws IOException {
        String statm =
                Files.readString(Path.of("/proc", Long.toString(node.pid().orElseThrow()), "statm"));
        return Long.parseLong(statm.split(" ")[1]) * PAGE_BYTES;
    }
}
