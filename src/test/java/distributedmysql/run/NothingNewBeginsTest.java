package distributedmysql.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import distributedmysql.config.HostPort;
import distributedmysql.config.ReplicationMode;
import distributedmysql.config.Settings;
import distributedmysql.experiment.AllSettings;
import distributedmysql.experiment.connections.ConnectionStepsRun;
import distributedmysql.experiment.connections.ConnectionsSettings;
import distributedmysql.experiment.consistency.ConsistencySettings;
import distributedmysql.experiment.consistency.LagAndTables;
import distributedmysql.experiment.failover.FailoverMode;
import distributedmysql.experiment.failover.FailoverPlan;
import distributedmysql.experiment.failover.FailoverSettings;
import distributedmysql.fault.Fault;
import distributedmysql.fault.Nemesis;
import distributedmysql.history.EventLog;
import distributedmysql.history.RunClock;
import distributedmysql.ledger.LedgerPlan;
import distributedmysql.load.data.DataLoader;
import distributedmysql.mysql.Credentials;
import distributedmysql.mysql.Node;
import distributedmysql.mysql.ServerVersion;
import distributedmysql.topology.Deployment;
import distributedmysql.topology.ReplicaSet;
import distributedmysql.topology.Shards;
import distributedmysql.topology.TestEnding;
import distributedmysql.topology.replicator.FailoverOptions;
import distributedmysql.topology.replicator.Replicator;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Servers that count who comes, and send everybody away. */
@DisplayName("Each step asks its servers something, and nothing any more when the run is ending")
class NothingNewBeginsTest {
    private static final String[] SETTINGS = {
        "profile=quick",
        "failover.deadline=1s",
        "failover.before=1s",
        "failover.after=1s",
        "connection.pool-timeout=1s",
        "consistency.tables.deadline=1s"
    };

    private final AtomicInteger visits = new AtomicInteger();
    private ServerSocket server;

    /** What begins, and how. */
    private record Begin(String name, Opening opening) {
        @Override
        public String toString() {
            return name;
        }
    }

    private interface Opening {
        Runnable on(ReplicaSet replicaSet, Settings settings);
    }

    static Stream<Begin> beginnings() {
        return Stream.of(
                new Begin(
                        "loading the data",
                        (replicaSet, settings) ->
                                () -> new DataLoader(Shards.only(replicaSet), settings.data(), line -> {}).load()),
                new Begin(
                        "the comparison of tables",
                        (replicaSet, settings) -> () -> new LagAndTables(
                                        Shards.only(replicaSet),
                                        settings.of(ConsistencySettings.class),
                                        null,
                                        line -> {})
                                .compare(List.of("any"), "")),
                new Begin("the mode of failovers", (replicaSet, settings) -> failover(replicaSet, settings)::begin),
                new Begin(
                        "a round of failovers",
                        (replicaSet, settings) ->
                                () -> failover(replicaSet, settings).round(0)),
                new Begin("connection steps", (replicaSet, settings) -> steps(replicaSet, settings)),
                new Begin("a planned fault", (replicaSet, settings) -> () -> kill(replicaSet)));
    }

    private static FailoverMode failover(ReplicaSet replicaSet, Settings settings) {
        Deployment deployment = new Deployment("any", Shards.only(replicaSet), () -> {});
        return new FailoverMode(
                new RunServers(deployment, null, Optional.empty(), null, null),
                ReplicationMode.ASYNC,
                new FailoverPlan(
                        settings.of(FailoverSettings.class),
                        LedgerPlan.patient(1, 1, settings, Duration.ofSeconds(1)),
                        Replicator.of(replicaSet, FailoverOptions.defaults(), new RunClock(), Optional.empty()),
                        any -> List.of()),
                new EventLog(),
                line -> {});
    }

    private static Runnable steps(ReplicaSet replicaSet, Settings settings) {
        ConnectionStepsRun steps = new ConnectionStepsRun(
                replicaSet.primary(),
                "any",
                settings.connection(),
                settings.of(ConnectionsSettings.class),
                connection -> {},
                line -> {});
        return () -> assertThat(catchThrowable(steps::run)).isNotNull();
    }

    private static void kill(ReplicaSet replicaSet) {
        Nemesis.Planned kill = new Nemesis.Planned(Duration.ZERO, new Visiting(replicaSet), Duration.ZERO);
        try (Nemesis nemesis = new Nemesis(new EventLog(), List.of(kill))) {
            nemesis.start();
            assertThat(nemesis.awaitEnd(Duration.ofSeconds(30))).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** Asks its server, whatever it does. */
    private record Visiting(ReplicaSet replicaSet) implements Fault {
        @Override
        public String name() {
            return "visit";
        }

        @Override
        public Node node() {
            return replicaSet.primary();
        }

        @Override
        public Optional<String> impossible() {
            return Optional.empty();
        }

        @Override
        public String inject() {
            try {
                replicaSet.primary().connect().close();
            } catch (java.sql.SQLException e) {
                return "sent away";
            }
            return "";
        }

        @Override
        public void heal() {}
    }

    @BeforeEach
    void listen() throws IOException {
        server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread thread = new Thread(this::sendAway, "server that counts");
        thread.setDaemon(true);
        thread.start();
    }

    private void sendAway() {
        while (true) {
            try {
                Socket visitor = server.accept();
                // Before the client hears of its end, and the test with it.
                visits.incrementAndGet();
                visitor.close();
            } catch (SocketException e) {
                return;
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        }
    }

    @AfterEach
    void close() throws IOException {
        server.close();
    }

    @ParameterizedTest
    @MethodSource("beginnings")
    void begins(Begin step) {
        Runnable opened = step.opening().on(replicaSet(), settings());
        // It would go on to its deadline, because nobody answers.
        Thread thread = new Thread(
                () -> {
                    Throwable unused = catchThrowable(opened::run);
                },
                step.name());
        thread.setDaemon(true);
        thread.start();
        try {
            await().untilAsserted(
                            () -> assertThat(visits).as("visits of the servers").hasPositiveValue());
        } finally {
            thread.interrupt();
        }
    }

    @ParameterizedTest
    @MethodSource("beginnings")
    void doesNotBegin(Begin step) {
        Runnable opened = step.opening().on(replicaSet(), settings());
        try (TestEnding ending = new TestEnding()) {
            assertThat(ending).isNotNull();
            visits.set(0);
            Throwable unused = catchThrowable(opened::run);
        }

        assertThat(visits).as("visits of the servers").hasValue(0);
    }

    private ReplicaSet replicaSet() {
        Credentials account = new Credentials("nobody", "secret");
        List<Node> nodes = Stream.of("node1", "node2")
                .map(name -> new Node(
                        name,
                        new HostPort("127.0.0.1", server.getLocalPort()),
                        ServerVersion.parse("8.0.33"),
                        "uuid-" + name,
                        account,
                        account,
                        Optional.empty()))
                .toList();
        return new ReplicaSet(nodes.get(0), nodes.subList(1, 2), account);
    }

    private static Settings settings() {
        Properties properties = new Properties();
        for (String setting : SETTINGS) {
            String[] parts = setting.split("=");
            properties.setProperty(parts[0], parts[1]);
        }
        return AllSettings.load(properties);
    }
}
