package distributedmysql.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import distributedmysql.config.HostPort;
import distributedmysql.config.ReplicationMode;
import distributedmysql.history.RunClock;
import distributedmysql.mysql.Mysql;
import distributedmysql.mysql.Node;
import distributedmysql.mysql.TopologyException;
import distributedmysql.topology.OwnServers;
import distributedmysql.topology.ReplicaSet;
import distributedmysql.topology.Replication;
import distributedmysql.topology.TestServers;
import distributedmysql.topology.replicator.CommandedFailover;
import distributedmysql.topology.replicator.FailoverOptions;
import distributedmysql.topology.replicator.FailoverRecord;
import distributedmysql.topology.replicator.SemiSync;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Failovers where every other connection to a server breaks before the server has said a word. */
class BrokenConnectionsIT {
    private static final Duration DEADLINE = Servers.DEADLINE;

    private final RunClock clock = new RunClock();

    @Test
    @OwnServers
    void everyStepOfAFailoverIsTriedAgainUntilItsDeadline(ReplicaSet servers) throws Exception {
        try (Flaky first = new Flaky(servers.primary());
                Flaky second = new Flaky(servers.replicas().get(0))) {
            ReplicaSet replicaSet = new ReplicaSet(
                    first.node(),
                    List.of(second.node()),
                    servers.replicationAccount().orElseThrow());
            SemiSync semiSync =
                    SemiSync.enable(replicaSet, ReplicationMode.AFTER_SYNC, Duration.ofMinutes(1), DEADLINE);
            CommandedFailover failover =
                    new CommandedFailover(replicaSet, FailoverOptions.defaults(), clock, Optional.of(semiSync));

            KillAndRestart kill = new KillAndRestart(replicaSet, first.node());
            kill.inject();
            FailoverRecord record = failover.promote(failover.awaitDeath(DEADLINE));
            kill.heal();
            failover.outside().forEach(node -> failover.bringBack(node, DEADLINE));
            Replication.awaitConvergence(replicaSet, DEADLINE);

            assertThat(record.promoted()).isEqualTo("node2");
            assertThat(record.failed()).isEmpty();
            assertThat(replicaSet.primary()).isEqualTo(second.node());
            assertThat(replicaSet.replicas()).containsExactly(first.node());
            Node primary = servers.replicas().get(0);
            assertThat(SemiSync.read(primary, clock).clients()).isOne();

            // As a failover that came to no end leaves them: nobody takes writes, nobody follows.
            Replication.setReadOnly(primary, true);
            Replication.forgetSource(servers.primary());
            failover.restore(DEADLINE);
            SemiSync.disable(replicaSet, DEADLINE);

            assertThat(Mysql.text(primary, "SELECT @@global.read_only")).isEqualTo("0");
            assertThat(Replication.status(servers.primary()).sourceUuid()).isEqualTo(primary.serverUuid());
            assertThat(SemiSync.configured(primary)).isEqualTo(ReplicationMode.ASYNC);
            assertThat(first.broken() + second.broken()).isGreaterThan(20);
        }
    }

    @Test
    void whatLastsIsReportedWithWhatWasAwaitedWhereForHowLongAndTheLastState() throws Exception {
        Node replica = TestServers.shared().replicas().get(0);
        Node node;
        try (Flaky gone = new Flaky(replica)) {
            node = gone.node();
        }

        assertThatThrownBy(() -> Replication.awaitRunning(node, Duration.ofMillis(300)))
                .isInstanceOf(TopologyException.class)
                .hasMessageStartingWith("waited 300 ms for " + node + ": its replication to run; last state: " + node
                        + ": cannot read the replica's status: Communications link failure (SQLState 08S01");
        // An answer is not asked for again.
        assertThatThrownBy(() -> Replication.awaitRunning(TestServers.shared().primary(), Duration.ofHours(1)))
                .hasMessageContaining("is not a replica");
    }

    /** Another address of a server, of which each first connection of two breaks. */
    private static final class Flaky implements AutoCloseable {
        private final ServerSocket socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        private final AtomicInteger connections = new AtomicInteger();
        private final Node server;

        Flaky(Node server) throws IOException {
            this.server = server;
            daemon(this::accept);
        }

        Node node() {
            return new Node(
                    server.name(),
                    new HostPort("127.0.0.1", socket.getLocalPort()),
                    server.version(),
                    server.serverUuid(),
                    server.admin(),
                    server.load(),
                    server.control(),
                    server.peerAddress(),
                    server.tls(),
                    server.readOnly());
        }

        int broken() {
            return connections.get() / 2;
        }

        private void accept() {
            while (!socket.isClosed()) {
                try {
                    Socket client = socket.accept();
                    if (connections.getAndIncrement() % 2 == 0) {
                        client.close();
                        continue;
                    }
                    connect(client);
                } catch (IOException e) {
                    // Closed: the loop ends.
                }
            }
        }

        private void connect(Socket client) throws IOException {
            try {
                Socket target =
                        new Socket(server.address().host(), server.address().port());
                daemon(() -> copy(client, target));
                daemon(() -> copy(target, client));
            } catch (IOException e) {
                client.close();
            }
        }

        private static void copy(Socket from, Socket to) {
            try (from;
                    to) {
                InputStream input = from.getInputStream();
                OutputStream output = to.getOutputStream();
                input.transferTo(output);
            } catch (IOException e) {
                // The other direction has closed both.
                return;
            }
        }

        private static void daemon(Runnable work) {
            Thread thread = new Thread(work, "flaky");
            thread.setDaemon(true);
            thread.start();
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
