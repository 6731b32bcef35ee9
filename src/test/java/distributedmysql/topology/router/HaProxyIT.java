package distributedmysql.topology.router;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import distributedmysql.check.CheckResult;
import distributedmysql.check.EndpointRoles;
import distributedmysql.check.Verdict;
import distributedmysql.gatling.Attempt;
import distributedmysql.history.EndpointHistory;
import distributedmysql.history.RunClock;
import distributedmysql.load.ConnectionPools;
import distributedmysql.load.Endpoints;
import distributedmysql.load.NodePool;
import distributedmysql.mysql.Mysql;
import distributedmysql.mysql.Node;
import distributedmysql.topology.Deployment;
import distributedmysql.topology.ReplicaSet;
import distributedmysql.topology.Replication;
import distributedmysql.topology.Role;
import distributedmysql.topology.Shards;
import distributedmysql.topology.TestServers;
import distributedmysql.topology.embedded.TestHaProxy;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real HAProxy in front of real servers: where it leads to, and what the check of the endpoints' roles says of it. */
class HaProxyIT {
    private static final Duration LIMIT = Duration.ofSeconds(2);
    private static final Duration DEADLINE = Duration.ofSeconds(60);
    private static final RoleCheck ALWAYS = (endpoint, node) -> true;

    @TempDir
    Path directory;

    private final RunClock clock = new RunClock();
    private final AtomicInteger rows = new AtomicInteger();
    private Deployment deployment;
    private ReplicaSet replicaSet;
    private HaProxy router;
    private Endpoints endpoints;
    private ConnectionPools pools;
    private String database;

    @BeforeEach
    void startServers() {
        deployment = TestServers.start();
        replicaSet = deployment.replicaSet();
        database = TestServers.settings().data().database();
        Mysql.execute(replicaSet.primary(), "CREATE DATABASE " + database);
        Mysql.execute(replicaSet.primary(), "CREATE TABLE " + database + ".t (id INT PRIMARY KEY)");
        Replication.awaitConvergence(replicaSet, DEADLINE);
    }

    @AfterEach
    void end() {
        if (pools != null) {
            pools.close();
        }
        if (router != null) {
            router.close();
        }
        deployment.close();
    }

    private void startRouter() throws IOException {
        startRouter(HaProxy.start(replicaSet, TestHaProxy.program(), directory, ProcessBuilder::start));
    }

    private void startRouter(HaProxy started) {
        router = started;
        endpoints = new Endpoints(replicaSet, router.endpoints(), LIMIT, clock);
        pools = new ConnectionPools(
                Shards.only(replicaSet),
                Optional.of(endpoints),
                database,
                TestServers.settings().connection());
    }

    @Test
    void writesGoToThePrimaryAndReadsToTheReplica() throws IOException {
        startRouter();

        for (int i = 0; i < 50; i++) {
            assertThat(write().node()).isEqualTo(replicaSet.primary());
            assertThat(read().node()).isEqualTo(replicaSet.replicas().get(0));
        }

        CheckResult result = check();
        assertThat(result.verdict()).as(result.evidence()).isEqualTo(Verdict.VALID);
        assertThat(result.evidence())
                .isEqualTo("writer: 50 answers, 0 of a wrong server; reader: 50 answers, 0 of a wrong server");
    }

    @Test
    void bothEndpointsFollowASwitchover() throws IOException {
        startRouter();
        write();
        read();
        Node former = replicaSet.primary();
        Node promoted = replicaSet.replicas().get(0);

        Replication.setReadOnly(former, true);
        Replication.awaitConvergence(replicaSet, DEADLINE);
        Replication.forgetSource(promoted);
        Replication.setReadOnly(promoted, false);
        Replication.follow(former, promoted, replicaSet.replicationAccount().orElseThrow(), DEADLINE);
        replicaSet.changeRoles(promoted, List.of(former));

        await().atMost(DEADLINE).until(() -> isOk(write(), promoted));
        await().atMost(DEADLINE).until(() -> isOk(read(), former));
        CheckResult result = check();
        assertThat(result.verdict()).as(result.evidence()).isEqualTo(Verdict.VALID);
        for (EndpointHistory history : endpoints.histories()) {
            assertThat(history.roles()).hasSize(2);
            assertThat(history.roles().get(1).firstAnswerMicros()).isNotNull();
        }
    }

    @Test
    void readsGoToThePrimaryAsLongAsThereIsNoReplica() throws IOException {
        startRouter();
        Node primary = replicaSet.primary();
        read();

        replicaSet.replicas().get(0).control().orElseThrow().kill();
        replicaSet.changeRoles(primary, List.of());

        await().atMost(DEADLINE).until(() -> isOk(read(), primary));
        assertThat(check().verdict()).isEqualTo(Verdict.VALID);
    }

    @Test
    @DisplayName("With a role check that passes every server, the writer leads to the replica too, which refuses")
    void aBrokenRoleCheckIsInvalidAndNamesServerAndSecond() throws IOException {
        startRouter(HaProxy.start(replicaSet, TestHaProxy.program(), directory, ProcessBuilder::start, ALWAYS));
        Node replica = replicaSet.replicas().get(0);

        await().atMost(DEADLINE).pollInterval(Duration.ofMillis(100)).until(() -> {
            write();
            read();
            return endpoints.histories().get(0).suspects().stream()
                    .anyMatch(answer -> endpoints.histories().get(0).wrongForMicros(answer) > 2_100_000);
        });

        CheckResult result = check();
        assertThat(result.verdict()).isEqualTo(Verdict.INVALID);
        assertThat(result.evidence())
                .containsPattern("writer: led to " + replica.name()
                        + " in second \\d+, which had not been right for it for [2-9]\\.\\d s \\(at most 2\\.0 s\\)");
        assertThat(endpoints.histories().get(0).refused()).singleElement().satisfies(refused -> {
            assertThat(refused.node()).isEqualTo(replica.name());
            assertThat(refused.code()).isEqualTo(1290);
        });
    }

    @Test
    void aWriteThatAReplicaAcknowledgesIsInvalidAndNamesServerAndSecond() throws IOException {
        Node replica = replicaSet.replicas().get(0);
        Replication.setReadOnly(replica, false);
        AtomicReference<Node> writer = new AtomicReference<>(replicaSet.primary());
        startRouter(HaProxy.start(
                replicaSet,
                TestHaProxy.program(),
                directory,
                ProcessBuilder::start,
                (endpoint, node) -> (endpoint == Role.PRIMARY) == node.equals(writer.get())));
        writer.set(replica);

        AtomicReference<Attempt<Integer>> last = new AtomicReference<>();
        await().atMost(DEADLINE).until(() -> {
            last.set(write());
            return isOk(last.get(), replica);
        });
        Attempt<Integer> attempt = last.get();

        CheckResult result = check();
        assertThat(result.verdict()).isEqualTo(Verdict.INVALID);
        assertThat(result.evidence())
                .startsWith("writer: 1 write acknowledged by a server that was not the primary, the first by "
                        + replica.name() + " in second " + clock.micros(attempt.end()) / 1_000_000);
    }

    @Test
    @DisplayName(
            "An endpoint that has led to nobody for seconds is used as soon as it leads to somebody again: HikariCP's own pause"
                    + " between attempts has grown to seconds by then")
    void noPauseOfThePoolIsTakenForTheRouters() throws IOException {
        Node primary = replicaSet.primary();
        AtomicBoolean led = new AtomicBoolean(true);
        startRouter(HaProxy.start(
                replicaSet,
                TestHaProxy.program(),
                directory,
                ProcessBuilder::start,
                (endpoint, node) -> led.get() && (endpoint == Role.PRIMARY) == node.equals(primary)));
        led.set(false);
        // Not a session that was cut: it has waited for a new one as long as it may, which is 5 s.
        await().atMost(DEADLINE).until(() -> waitedInVain(write()));

        led.set(true);
        long since = System.nanoTime();

        assertThat(isOk(write(), primary)).isTrue();
        assertThat(Duration.ofNanos(System.nanoTime() - since)).isLessThan(Duration.ofSeconds(2));
    }

    private static boolean waitedInVain(Attempt<Integer> attempt) {
        return attempt.failure() != null && attempt.end() - attempt.start() > TimeUnit.SECONDS.toNanos(4);
    }

    private static boolean isOk(Attempt<Integer> attempt, Node node) {
        return attempt.failure() == null && attempt.node().equals(node);
    }

    private Attempt<Integer> write() {
        NodePool pool = pools.forWrites(replicaSet);
        return Attempt.write(pool, (connection, node) -> {
            Mysql.over(connection).execute("INSERT INTO t VALUES (?)", rows.incrementAndGet());
            return 1;
        });
    }

    private Attempt<Integer> read() {
        NodePool pool = pools.forReads(replicaSet, 0);
        return Attempt.read(
                pool, 1, connection -> Math.toIntExact(Mysql.over(connection).number("SELECT COUNT(*) FROM t")));
    }

    private CheckResult check() {
        return EndpointRoles.check(endpoints.histories(), LIMIT);
    }
}
