package distributedmysql.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import distributedmysql.config.ConnectionSettings;
import distributedmysql.history.Outcome;
import distributedmysql.mysql.CapWaits;
import distributedmysql.mysql.CappedNodes;
import distributedmysql.mysql.Node;
import distributedmysql.mysql.RateCap;
import distributedmysql.topology.TestServers;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The threads and connections of one server's pool; the server is real, as always. */
@Timeout(60)
class NodePoolIT {
    private static final int SIZE = 3;
    /** Of a SLEEP() that stands alone, a killed one returns 1 and no error (MySQL manual, "Miscellaneous Functions"). */
    private static final String SLOW = "SELECT SLEEP(30) FROM schemata";

    private NodePool pool;

    @BeforeEach
    void open() {
        pool = pool(SIZE);
    }

    private static NodePool pool(int size) {
        return pool(TestServers.shared().primary(), size, Duration.ofSeconds(5));
    }

    private static NodePool pool(Node node, int size, Duration timeout) {
        ConnectionSettings settings = TestServers.settings().connection();
        return new NodePool(
                node,
                "information_schema",
                new ConnectionSettings(
                        size,
                        timeout,
                        settings.connectTimeout(),
                        settings.socketTimeout(),
                        settings.statementTimeout(),
                        settings.serverPreparedStatements(),
                        settings.sslMode(),
                        settings.caFile(),
                        settings.trustStorePasswordEnv()));
    }

    @AfterEach
    void close() {
        pool.close();
    }

    @Test
    void workOneAfterTheOtherNeedsNoSecondThread() throws InterruptedException {
        Set<Thread> threads = ConcurrentHashMap.newKeySet();
        Semaphore done = new Semaphore(0);
        for (int i = 0; i < 50; i++) {
            pool.execute(System.nanoTime(), () -> {
                threads.add(Thread.currentThread());
                done.release();
            });
            assertThat(done.tryAcquire(30, TimeUnit.SECONDS)).isTrue();
            awaitIdle(threads);
        }
        assertThat(threads).hasSize(1);
    }

    @Test
    void atMostAsManyThreadsAsConnectionsRunAndTheRestWaits() throws InterruptedException {
        Set<Thread> threads = ConcurrentHashMap.newKeySet();
        CountDownLatch running = new CountDownLatch(SIZE);
        CountDownLatch go = new CountDownLatch(1);
        CountDownLatch ended = new CountDownLatch(10 * SIZE);
        for (int i = 0; i < 10 * SIZE; i++) {
            pool.execute(System.nanoTime(), () -> {
                threads.add(Thread.currentThread());
                running.countDown();
                await(go);
                ended.countDown();
            });
        }
        assertThat(running.await(30, TimeUnit.SECONDS)).isTrue();

        go.countDown();

        assertThat(ended.await(30, TimeUnit.SECONDS)).isTrue();
        assertThat(threads).hasSize(SIZE);
    }

    @Test
    void whenItIsClosedItTakesNoWork() {
        pool.close();

        assertThat(pool.isClosed()).isTrue();
        assertThatThrownBy(() -> pool.execute(System.nanoTime(), () -> {}))
                .isInstanceOf(RejectedExecutionException.class);
    }

    @Test
    void aUserKeepsItsConnectionUntilItGivesItBack() throws SQLException {
        try (UserConnections first = new UserConnections();
                UserConnections second = new UserConnections()) {
            HeldConnection held = first.of(pool);
            assertThat(first.of(pool)).isSameAs(held);
            assertThat(second.of(pool)).isNotSameAs(held);
            held.statement("SELECT 1").executeQuery();
            assertThat(held.statement("SELECT 1")).isSameAs(held.statement("SELECT 1"));

            first.giveBack(pool);

            assertThat(first.of(pool)).isNotSameAs(held);
        }
    }

    @ParameterizedTest
    @DisplayName("Work that came too late says whether the run's own cap or the server had the connections")
    @CsvSource({"20, 0, CAP", "1000000, 0.3, POOL"})
    void tooLate(int maxRate, double seconds, String state) {
        Node capped = CappedNodes.of(TestServers.shared().primary(), new RateCap(maxRate));
        Set<String> states = ConcurrentHashMap.newKeySet();
        Semaphore ended = new Semaphore(0);
        int users = 100;
        try (NodePool own = pool(capped, SIZE, Duration.ofSeconds(1))) {
            own.open(SIZE);
            for (int i = 0; i < users; i++) {
                CapWaits.Mark since = own.waits().mark();
                own.execute(System.nanoTime(), () -> {
                    if (System.nanoTime() - since.nanos() > own.timeoutNanos()) {
                        states.add(own.tooLate(since).sqlState());
                    } else {
                        sleep(own, seconds);
                    }
                    ended.release();
                });
            }
            Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> ended.availablePermits() == users);
        }
        assertThat(states).containsExactly(state);
    }

    private static void sleep(NodePool own, double seconds) {
        try (HeldConnection connection = own.take()) {
            own.waits().reserve(1);
            connection.statement("SELECT SLEEP(" + seconds + ")").executeQuery();
        } catch (SQLException e) {
            throw new AssertionError(e);
        } finally {
            own.waits().release();
        }
    }

    @Test
    void connectionsThatUsersKeepAreMissedByOthersAndComeBackWithTheirEnd() throws SQLException {
        UserConnections[] users = new UserConnections[SIZE];
        for (int i = 0; i < SIZE; i++) {
            users[i] = new UserConnections();
            users[i].of(pool);
        }
        assertThatThrownBy(() -> pool.take())
                .isInstanceOfSatisfying(
                        SQLException.class,
                        e -> assertThat(SqlFailure.whileConnecting(e).sqlState())
                                .isEqualTo(SqlFailure.POOL_TIMEOUT));
        for (UserConnections user : users) {
            user.close();
        }
        for (int i = 0; i < SIZE; i++) {
            users[i].of(pool);
        }
        for (UserConnections user : users) {
            user.close();
        }
    }

    @Test
    void whatIsOpenedBeforehandIsThereForOthers() throws SQLException {
        pool.open(SIZE);
        pool.open(SIZE);
        for (int i = 0; i < SIZE; i++) {
            pool.take();
        }
    }

    @Test
    void aBrokenConnectionMakesRoomForAnother() throws SQLException {
        for (int i = 0; i < 2 * SIZE; i++) {
            HeldConnection connection = pool.take();
            assertThatThrownBy(() -> connection
                            .statement("KILL CONNECTION CONNECTION_ID()")
                            .execute())
                    .isInstanceOf(SQLException.class);
            connection.close();
            connection.close();
        }
    }

    @Test
    void manyConnectionsAreOpenAtOnceAndNotOneMore() throws SQLException {
        int many = 60;
        List<HeldConnection> all = new ArrayList<>();
        try (NodePool large = pool(many)) {
            for (int i = 0; i < many; i++) {
                all.add(large.take());
            }
            assertThatThrownBy(large::take).isInstanceOf(SQLException.class);
            all.remove(0).close();
            all.add(large.take());
            for (HeldConnection connection : all) {
                connection.statement("SELECT 1").executeQuery();
                connection.close();
            }
        }
    }

    @Test
    void autoCommitIsOnAgainForTheNext() throws SQLException {
        try (HeldConnection connection = pool.take()) {
            connection.setAutoCommit(false);
            connection.statement("SELECT 1").executeQuery();
        }
        for (int i = 0; i < SIZE; i++) {
            try (HeldConnection connection = pool.take()) {
                var row = connection.statement("SELECT @@autocommit").executeQuery();
                row.next();
                assertThat(row.getInt(1)).isEqualTo(1);
            }
        }
    }

    @Test
    void aConnectionThatIsKeptIsTheNextOnesWithItsStatements() throws SQLException {
        HeldConnection connection = pool.take();
        var statement = connection.statement("SELECT 1");
        connection.setAutoCommit(false);
        pool.keep(connection);

        HeldConnection next = pool.take();

        assertThat(next.statement("SELECT 1")).isSameAs(statement);
        assertThat(next.jdbc().getAutoCommit()).isTrue();
        next.close();
    }

    @Test
    void connectionsThatAreKeptAreMissedByNobody() throws SQLException {
        List<HeldConnection> all = new ArrayList<>();
        for (int i = 0; i < SIZE; i++) {
            all.add(pool.take());
        }
        all.forEach(pool::keep);
        for (int i = 0; i < SIZE; i++) {
            pool.take();
        }
    }

    @Test
    void whatTakesTooLongIsEndedAndWhatComesNextIsNot() throws SQLException {
        try (HeldConnection connection = pool.take()) {
            assertThatThrownBy(() -> connection.within(100, () -> query(connection, SLOW)))
                    .isInstanceOfSatisfying(SQLException.class, e -> {
                        SqlFailure failure = SqlFailure.whileExecuting(e);
                        assertThat(failure.key()).isEqualTo("TIMEOUT/1317");
                        assertThat(failure.outcome()).isEqualTo(Outcome.FAIL);
                        assertThat(failure.message()).isEqualTo("took longer than 100 ms");
                    });
            for (int i = 0; i < 200; i++) {
                assertThat(connection.within(100, () -> query(connection, "SELECT 1")))
                        .isEqualTo(1);
            }
        }
    }

    @Test
    @DisplayName("A SLEEP that is ended returns 1 and no error; it has timed out, and nobody knows what it did")
    void whatReportsASuccessWhenItIsEndedHasTimedOutToo() throws SQLException {
        try (HeldConnection connection = pool.take()) {
            assertThatThrownBy(() -> connection.within(100, () -> query(connection, "SELECT SLEEP(20)")))
                    .isInstanceOfSatisfying(SQLException.class, e -> {
                        SqlFailure failure = SqlFailure.whileExecuting(e);
                        assertThat(failure.key()).isEqualTo("TIMEOUT/0");
                        assertThat(failure.outcome()).isEqualTo(Outcome.UNKNOWN);
                    });
            assertThat(connection.within(100, () -> query(connection, "SELECT 2")))
                    .isEqualTo(2);
        }
    }

    @Test
    void manyThatTakeTooLongAreAllEndedAndNoneOfTheirNeighbours() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(SIZE);
        try (HeldConnection patient = pool.take()) {
            Future<Integer> neighbour =
                    threads.submit(() -> patient.within(30_000, () -> query(patient, "SELECT 1 + SLEEP(1)")));
            for (int round = 0; round < 5; round++) {
                try (HeldConnection connection = pool.take()) {
                    assertThatThrownBy(() -> connection.within(1, () -> query(connection, SLOW)))
                            .isInstanceOf(SQLTimeoutException.class);
                }
            }
            assertThat(neighbour.get()).isEqualTo(1);
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void aKillOfSomebodyElsesIsNoTimeOut() throws Exception {
        ExecutorService thread = Executors.newSingleThreadExecutor();
        try (HeldConnection connection = pool.take();
                HeldConnection other = pool.take()) {
            int id = query(connection, "SELECT CONNECTION_ID()");
            Future<Integer> slow = thread.submit(() -> connection.within(30_000, () -> query(connection, SLOW)));
            String running = "SELECT COUNT(*) FROM processlist WHERE id = " + id + " AND state = 'User sleep'";
            Awaitility.await().atMost(30, TimeUnit.SECONDS).until(() -> query(other, running) == 1);
            other.statement("KILL QUERY " + id).execute();
            assertThatThrownBy(slow::get)
                    .cause()
                    .isInstanceOfSatisfying(
                            SQLException.class,
                            e -> assertThat(SqlFailure.whileExecuting(e).key()).isEqualTo("70100/1317"));
        } finally {
            thread.shutdownNow();
        }
    }

    private static int query(HeldConnection connection, String text) throws SQLException {
        try (var row = connection.statement(text).executeQuery()) {
            row.next();
            return row.getInt(1);
        }
    }

    private static void awaitIdle(Set<Thread> threads) {
        Awaitility.await()
                .atMost(30, TimeUnit.SECONDS)
                .untilAsserted(() -> assertThat(threads).noneMatch(NodePoolIT::isBusy));
    }

    private static boolean isBusy(Thread thread) {
        return thread.getState() != Thread.State.WAITING && thread.getState() != Thread.State.TIMED_WAITING;
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await(30, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
