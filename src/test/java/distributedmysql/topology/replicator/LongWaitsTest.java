package distributedmysql.topology.replicator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import distributedmysql.config.HostPort;
import distributedmysql.history.EventLog;
import distributedmysql.history.RunClock;
import distributedmysql.mysql.Credentials;
import distributedmysql.mysql.Node;
import distributedmysql.mysql.ServerVersion;
import distributedmysql.topology.ReplicaSet;
import distributedmysql.topology.Replication;
import distributedmysql.topology.Wait;
import distributedmysql.topology.external.Hook;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("What takes long says what is awaited, for how long, and until when")
class LongWaitsTest {
    private static final Duration DEADLINE = Duration.ofSeconds(1);
    private static final FailoverOptions OPTIONS =
            new FailoverOptions(Duration.ofMillis(50), Duration.ofMillis(100), 3, true, DEADLINE, DEADLINE);

    private final List<String> lines = new CopyOnWriteArrayList<>();

    private record Kind(String line, Runnable waits) {
        @Override
        public String toString() {
            return line;
        }
    }

    /** Of servers that are not there, so that each takes its whole deadline. */
    static Stream<Kind> kinds() throws Exception {
        ReplicaSet gone = gone();
        Node replica = gone.replicas().get(0);
        Hook hook = new Hook("external.hooks.kill", "sleep 0.6", Set.of(), new EventLog());
        return Stream.of(
                new Kind(
                        "waiting for the end of external.hooks.kill for node1 (127.0.0.1:1): 0 s of at most 1 s done",
                        () -> hook.run("node1", new HostPort("127.0.0.1", 1), Map.of(), DEADLINE)),
                new Kind(
                        "waiting for " + gone.primary() + ": its death: 0 s of at most 1 s done",
                        () -> new PrimaryProbe(gone, OPTIONS, new RunClock()).awaitDeath(DEADLINE, Optional::empty)),
                new Kind(
                        "waiting for an answer of the replicas: 0 s of at most 1 s done",
                        () -> Candidates.of(gone.primary(), gone.replicas(), OPTIONS)),
                new Kind(
                        "waiting for " + gone.primary() + ": what it has executed: 0 s of at most 1 s done",
                        () -> Replication.awaitConvergence(gone, DEADLINE)),
                new Kind(
                        "waiting for " + replica + ": GTIDs x: 0 s of at most 1 s done",
                        () -> Replication.awaitGtid(replica, "x", DEADLINE)),
                new Kind(
                        "waiting for " + replica + " to replicate from " + gone.primary() + ": 0 s of at most 1 s done",
                        () -> observed(gone).bringBack(replica, DEADLINE)));
    }

    private static ObservedFailover observed(ReplicaSet replicaSet) {
        // Looks at the replicas when it is made, of which there are none then.
        ReplicaSet lone = new ReplicaSet(replicaSet.primary(), List.of());
        return new ObservedFailover(lone, OPTIONS, new RunClock(), Optional.empty());
    }

    private static ReplicaSet gone() throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        Credentials account = new Credentials("nobody", "secret");
        List<Node> nodes = Stream.of("node1", "node2")
                .map(name -> new Node(
                        name,
                        new HostPort("127.0.0.1", port),
                        ServerVersion.parse("8.0.33"),
                        "uuid-" + name,
                        account,
                        account,
                        Optional.empty()))
                .toList();
        return new ReplicaSet(nodes.get(0), nodes.subList(1, 2));
    }

    @BeforeEach
    void listen() {
        Wait.sayTo(lines::add, Duration.ofMillis(150));
    }

    @AfterEach
    void silence() {
        Wait.sayTo(line -> {}, Duration.ofDays(1));
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void says(Kind kind) {
        Throwable unused = catchThrowable(kind.waits()::run);

        assertThat(lines).anyMatch(line -> line.startsWith(kind.line()));
        assertThat(String.join("\n", lines)).doesNotContain("secret");
    }
}
