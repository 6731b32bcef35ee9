package distributedmysql.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ProcessConnectionsTest {
    @Test
    @DisplayName(
            "Established connections of the process are found by their ports; those of others, and what listens, are not")
    void lines() {
        List<ProcessConnections.Ports> found = new ArrayList<>();

        ProcessConnections.add(
                List.of(
                        "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode",
                        "   0: 0100007F:3844 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 11 1",
                        "   1: 0100007F:E72C 0100007F:384C 01 00000000:00000000 02:00000AC5 00000000     0        0 12 2",
                        "   2: 0100007F:C226 0100007F:384D 01 00000000:00000000 02:00000AC5 00000000     0        0 13 2"),
                Set.of("socket:[11]", "socket:[12]"),
                found);

        assertThat(found).containsExactly(new ProcessConnections.Ports(59_180, 14_412));
    }

    @Test
    void ofThisProcess() throws Exception {
        assumeTrue(Files.isReadable(Path.of("/proc/self/net/tcp")), "this is not Linux");
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Socket client = new Socket(InetAddress.getLoopbackAddress(), server.getLocalPort())) {
            assertThat(ProcessConnections.of(ProcessHandle.current().pid()))
                    .contains(new ProcessConnections.Ports(client.getLocalPort(), server.getLocalPort()));
        }
    }
}
