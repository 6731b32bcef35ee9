package distributedmysql.report;

import static org.assertj.core.api.Assertions.assertThat;

import distributedmysql.monitor.ServerMemory.Resident;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class StartedServersTest {
    private static final long MEBI = 1 << 20;

    @Test
    @DisplayName("One line: the server that has least and the one that has most, and all peaks together")
    void line() {
        StartedServers servers =
                StartedServers.of(9_251, List.of(of("node1", 410, 600), of("node2", 400, 455), of("node3", 405, 460)));

        assertThat(servers.peakBytes()).isEqualTo(1_515 * MEBI);
        assertThat(servers.line())
                .isEqualTo("Servers: 3 ready in 9.3 s; memory (MiB): 400 to 410 each at first, 455 to 600 at most, 1515"
                        + " together")
                .hasSizeLessThanOrEqualTo(100);
    }

    @Test
    @DisplayName(
            "One server of which nothing is known is enough for nothing to be known of all, and the reason is said")
    void missing() {
        Resident unknown = new Resident("node2", null, null, null, "this system has no /proc");
        StartedServers servers = StartedServers.of(20_000, List.of(of("node1", 410, 600), unknown));

        assertThat(servers.peakBytes()).isNull();
        assertThat(servers.line())
                .isEqualTo("Servers: 2 ready in 20.0 s; memory not known: node2: this system has no /proc");
    }

    private static Resident of(String name, long start, long peak) {
        return new Resident(name, start * MEBI, start * MEBI, peak * MEBI, null);
    }
}
