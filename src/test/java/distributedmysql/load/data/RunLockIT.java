package distributedmysql.load.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import distributedmysql.mysql.Credentials;
import distributedmysql.mysql.Node;
import distributedmysql.mysql.TopologyException;
import distributedmysql.topology.ReplicaSet;
import distributedmysql.topology.Replication;
import distributedmysql.topology.Shards;
import distributedmysql.topology.TestServers;
import distributedmysql.topology.TestSql;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("With exactly the account that the docs describe")
class RunLockIT {
    private static final String NAME = "run_lock_it";
    private static final String USER = "run_lock_it";
    private static final String PASSWORD = "only-in-this-test";
    private static final String LOCK = NodeLock.lockName(NAME);
    private static final Duration DEADLINE = Duration.ofSeconds(60);

    private static ReplicaSet shared;
    private static ReplicaSet replicaSet;

    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final List<String> lost = new CopyOnWriteArrayList<>();
    private final ShardedDatabase database = of(replicaSet, NAME);

    @BeforeAll
    static void documentedAccount() throws SQLException, IOException {
        shared = TestServers.shared();
        TestSql.execute(shared.primary(), documented().toArray(String[]::new));
        Replication.awaitConvergence(shared, DEADLINE);
        replicaSet = as(new Credentials(USER, PASSWORD));
    }

    /** What external.conf says for a user who may write. */
    private static List<String> documented() throws IOException {
        List<String> statements = new ArrayList<>();
        for (String line : Files.readAllLines(Path.of("simulations-config/external.conf"))) {
            String statement = line.replaceFirst("^ *# +", "");
            if (statement.matches("(CREATE USER|GRANT) .*;") && statements.size() < 4) {
                statements.add(statement
                        .replace("`distributed\\_mysql\\_test`", "`run\\_lock\\_it`")
                        .replace("distributed_mysql_test", USER)
                        .replace("'...'", "'" + PASSWORD + "'"));
            }
        }
        assertThat(statements).hasSize(4).last().asString().contains("CREATE, DROP ON `run\\_lock\\_it`.*");
        return statements;
    }

    private static ReplicaSet as(Credentials account) {
        List<Node> nodes = shared.nodes().stream()
                .map(node -> new Node(
                        node.name(),
                        node.address(),
                        node.version(),
                        node.serverUuid(),
                        account,
                        account,
                        Optional.empty()))
                .toList();
        return new ReplicaSet(nodes.get(0), nodes.subList(1, nodes.size()));
    }

    private static ShardedDatabase of(ReplicaSet servers, String name) {
        return new ShardedDatabase(Shards.only(servers), name);
    }

    @AfterAll
    static void dropAccount() throws SQLException {
        TestSql.execute(shared.primary(), "DROP USER " + USER);
    }

    @AfterEach
    void dropDatabase() throws SQLException {
        TestSql.execute(shared.primary(), "DROP DATABASE IF EXISTS " + NAME);
        Replication.awaitConvergence(shared, DEADLINE);
    }

    @Test
    @DisplayName("A second run is refused, by the primary, with who holds the lock since when; not on another database")
    void theSecondIsRefused() throws SQLException {
        try (RunLock first =
                take("FullSimulation, profile nightly, process 4711 on ci-7, since 2026-01-02T03:04:05Z")) {
            assertThat(first.lostTo()).isEmpty();
            String id = holder(shared.primary());
            assertThatThrownBy(() -> take("another"))
                    .isInstanceOf(TopologyException.class)
                    .hasMessageContaining(replicaSet.primary() + ": another run uses the database " + NAME
                            + ": FullSimulation, profile nightly, process 4711 on ci-7, since 2026-01-02T03:04:05Z"
                            + " (connection " + id + " of " + USER + " from 127.0.0.1)")
                    .hasMessageContaining("Nothing was written")
                    .hasMessageContaining("data.database");
            ShardedDatabase other = of(replicaSet, "run_lock_other");
            try (RunLock beside = RunLock.take(other, "beside", lines::add, lost::add)) {
                assertThat(beside.lostTo()).isEmpty();
            }
            assertThat(new MarkedDatabase(replicaSet, NAME).isOurs()).isFalse();
            // On whichever server a failover makes the primary, it is held already.
            for (Node node : shared.nodes()) {
                assertThat(holder(node)).as(node.toString()).isNotNull();
            }
        }
        take("after it").close();
        assertThat(lines).isEmpty();
        assertThat(lost).isEmpty();
    }

    @Test
    @DisplayName("A run that shares only a replica is refused too, and keeps no lock on its own primary")
    void aSharedReplica() throws SQLException {
        ReplicaSet replicaOnly = new ReplicaSet(replicaSet.replicas().get(0), List.of());
        try (RunLock first = RunLock.take(of(replicaOnly, NAME), "of the replica", lines::add, lost::add)) {
            assertThat(first.lostTo()).isEmpty();
            assertThatThrownBy(() -> take("second"))
                    .hasMessageContaining(replicaSet.replicas().get(0) + ": another run");
            assertThat(holder(shared.primary())).isNull();
        }
    }

    @Test
    @DisplayName("A connection that is killed is replaced, and the run goes on")
    void killed() throws SQLException {
        try (RunLock lock = take("first")) {
            database.prepare();
            lock.claim();
            String before = holder(shared.primary());
            TestSql.execute(shared.primary(), "KILL " + before);

            await(() -> lines.size() == 2);
            assertThat(lines.get(0))
                    .startsWith("external: " + replicaSet.primary()
                            + ": the connection that holds the lock of this run has ended (");
            assertThat(lines.get(1))
                    .startsWith("external: " + replicaSet.primary() + ": has the lock of this run again, after ");
            assertThat(holder(shared.primary())).isNotNull().isNotEqualTo(before);
            assertThatThrownBy(() -> take("second")).hasMessageContaining(": first (connection");
            assertThat(lock.isOurs()).isTrue();
        }
        assertThat(lost).isEmpty();
    }

    @Test
    @DisplayName("Another run that took the lock meanwhile ends this one, and is named")
    void takenMeanwhile() throws Exception {
        try (RunLock lock = take("first");
                Connection other = replicaSet.primary().connect();
                Statement statement = other.createStatement()) {
            statement.execute("SET @distributed_mysql_test_run = 'the other'");
            CompletableFuture<Boolean> waiting = CompletableFuture.supplyAsync(() -> {
                try {
                    return statement.execute("SELECT GET_LOCK('" + LOCK + "', 30)");
                } catch (SQLException e) {
                    throw new AssertionError(e);
                }
            });
            await(() -> TestSql.query(
                            shared.primary(),
                            "SELECT COUNT(*) FROM performance_schema.threads WHERE PROCESSLIST_STATE = 'User lock'")
                    .equals("1"));
            TestSql.execute(shared.primary(), "KILL " + holder(shared.primary()));
            waiting.get();

            // At once, without the 2 s: nothing of the other's may be dropped.
            assertThat(lock.isOurs()).isFalse();
            await(() -> !lost.isEmpty());
            assertThat(lost).singleElement().asString().contains("another run took it: the other (connection ");
            assertThat(lock.lostTo()).hasValue(lost.get(0));
        }
    }

    @Test
    @DisplayName("Another run that has come and gone meanwhile ends this one, too")
    void usedMeanwhile() throws SQLException {
        try (RunLock lock = take("first")) {
            database.prepare();
            lock.claim();
            new MarkedDatabase(replicaSet, NAME).claim("the other");
            TestSql.execute(shared.primary(), "KILL " + holder(shared.primary()));

            await(() -> !lost.isEmpty());
            assertThat(lost)
                    .containsExactly("while a connection that held the lock of this run was gone, another run has used"
                            + " the database " + NAME + ": the other");
            assertThat(lock.lostTo()).isPresent();
        }
    }

    @Test
    @DisplayName("Who may not read performance_schema is told the connection")
    void withoutPerformanceSchema() throws SQLException {
        TestSql.execute(shared.primary(), "CREATE USER run_lock_poor IDENTIFIED BY '" + PASSWORD + "'");
        try (RunLock first = take("first")) {
            Replication.awaitConvergence(shared, DEADLINE);
            assertThat(first.lostTo()).isEmpty();
            ReplicaSet poor = as(new Credentials("run_lock_poor", PASSWORD));
            assertThatThrownBy(() -> RunLock.take(of(poor, NAME), "second", lines::add, lost::add))
                    .hasMessageContaining("another run uses the database " + NAME + ": connection "
                            + holder(shared.primary()) + " (SELECT command denied");
        } finally {
            TestSql.execute(shared.primary(), "DROP USER run_lock_poor");
        }
    }

    @Test
    @DisplayName("A long name of a database gives a name that the server takes, another for each")
    void longNames() {
        String name = "x".repeat(63);
        assertThat(NodeLock.lockName(name + "a"))
                .hasSizeLessThanOrEqualTo(64)
                .isNotEqualTo(NodeLock.lockName(name + "b"));
        assertThat(NodeLock.lockName("Shop")).isEqualTo("distributed_mysql_test:shop");
    }

    private RunLock take(String run) {
        return RunLock.take(database, run, lines::add, lost::add);
    }

    /** The connection; null if nobody holds it. */
    private static String holder(Node node) throws SQLException {
        return TestSql.query(node, "SELECT IS_USED_LOCK('" + LOCK + "')");
    }

    private static void await(java.util.concurrent.Callable<Boolean> condition) {
        Awaitility.await().atMost(DEADLINE).until(condition);
    }
}
