package distributedmysql.monitor.machine;

import static org.assertj.core.api.Assertions.assertThat;

import distributedmysql.config.HostPort;
import distributedmysql.history.MachineTime;
import distributedmysql.mysql.Credentials;
import distributedmysql.mysql.Node;
import distributedmysql.mysql.ServerControl;
import distributedmysql.mysql.ServerVersion;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The processor time of a process that a node says is its server's. */
@Timeout(60)
class LocalServersTest {
    /** Reserved for documentation (RFC 5737): of no machine. */
    private static final String ELSEWHERE = "192.0.2.1";

    /** A process that can only be looked at. */
    private record Watched(Process process) implements ServerControl {
        @Override
        public OptionalLong pid() {
            return process.isAlive() ? OptionalLong.of(process.pid()) : OptionalLong.empty();
        }

        @Override
        public boolean isAlive() {
            return process.isAlive();
        }

        @Override
        public void kill() {
            process.destroyForcibly();
        }

        @Override
        public void pause() {
            throw new UnsupportedOperationException();
        }

        @Override
        public void resume() {
            throw new UnsupportedOperationException();
        }

        @Override
        public void start(Duration deadline) {
            throw new UnsupportedOperationException();
        }
    }

    private static Node node(Optional<ServerControl> control) {
        Credentials nobody = new Credentials("nobody", "");
        return new Node(
                "node1", new HostPort(ELSEWHERE, 3306), ServerVersion.parse("8.0.33"), "uuid", nobody, nobody, control);
    }

    @Test
    @DisplayName("What a server takes is the server's, and not that of other processes")
    void aServerOfTheRun() throws IOException {
        Process loop = new ProcessBuilder("sh", "-c", "while :; do :; done").start();
        try (MachineLoad machine = new MachineLoad(List.of(node(Optional.of(new Watched(loop)))))) {
            machine.start();
            Awaitility.await()
                    .until(() -> machine.during(machine.soFar()).stream()
                                    .mapToDouble(LocalServersTest::serverSeconds)
                                    .sum()
                            > 0.2);
            assertThat(machine.during(machine.soFar())).allSatisfy(time -> {
                MachineTime.Processors processors = time.processors();
                // Each counter has a resolution of its own.
                assertThat(processors.client() + processors.servers() + processors.others())
                        .isLessThanOrEqualTo(processors.busy() + 15);
            });
        } finally {
            loop.destroyForcibly();
        }
    }

    private static double serverSeconds(MachineTime time) {
        return time.seconds() * time.processors().servers() / 100;
    }

    @Test
    void aServerElsewhereIsNotHere() {
        LocalServers servers = new LocalServers(List.of(node(Optional.empty())));
        assertThat(servers.areHere()).isFalse();
        assertThat(servers.areHidden()).isFalse();
        assertThat(servers.takenNanos()).isZero();
    }

    @Test
    void aServerThatHasEndedTakesNothingAndWasHere() throws Exception {
        Process process = new ProcessBuilder("sleep", "60").start();
        LocalServers servers = new LocalServers(List.of(node(Optional.of(new Watched(process)))));
        process.destroyForcibly().waitFor();
        assertThat(servers.takenNanos()).isZero();
        assertThat(servers.areHere()).isTrue();
    }
}
