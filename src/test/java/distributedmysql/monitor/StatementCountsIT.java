package distributedmysql.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import distributedmysql.check.ServerCounts;
import distributedmysql.check.ServerCounts.Client;
import distributedmysql.check.ServerCounts.Server;
import distributedmysql.check.Verdict;
import distributedmysql.monitor.StatementReading.Delta;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StatementCountsIT extends StatementCountsFixture {
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void countsEachExecutionOfEachStatement(boolean preparedByServer) throws Exception {
        StatementCounts counts = StatementCounts.of(node, DATABASE, ALL);
        try (Connection connection = load(preparedByServer)) {
            StatementReading before = counts.read();
            connection.setAutoCommit(false);
            execute(connection, SELECT, 7, 1);
            execute(connection, UPDATE, 3, 100, "x", 1);
            connection.commit();
            Delta delta = counts.read().since(before);

            assertThat(delta.cannotTell()).isEmpty();
            assertThat(executed(counts, delta)).isEqualTo(Map.of(SELECT, 7L, UPDATE, 3L, "COMMIT", 1L));
            assertThat(delta.totalAtLeast()).isEqualTo(11);
            assertThat(delta.totalAtMost()).isEqualTo(11);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void countsExecutionsThatFail(boolean preparedByServer) throws Exception {
        StatementCounts counts = StatementCounts.of(node, DATABASE, ALL);
        try (Connection connection = load(preparedByServer)) {
            StatementReading before = counts.read();
            int duplicates = 0;
            for (int i = 0; i < 4; i++) {
                try {
                    execute(connection, INSERT, 1, 1, 0, "");
                } catch (SQLException e) {
                    assertThat(e.getErrorCode()).isEqualTo(1062);
                    duplicates++;
                }
            }
            assertThat(duplicates).isEqualTo(4);
            assertThat(executed(counts, counts.read().since(before))).isEqualTo(Map.of(INSERT, 4L));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void countsNegativeAndNullParametersWithTheOthers(boolean preparedByServer) throws Exception {
        StatementCounts counts = StatementCounts.of(node, DATABASE, ALL);
        try (Connection connection = load(preparedByServer)) {
            StatementReading before = counts.read();
            execute(connection, SELECT, 2, -1);
            execute(connection, SELECT, 3, 1);
            execute(connection, UPDATE, 1, -5, null, -1);
            execute(connection, UPDATE, 1, 5, "é", 1);
            execute(connection, UPDATE, 1, 5, new byte[] {65}, 1);
            execute(connection, UPDATE, 1, true, "", 1);
            assertThat(executed(counts, counts.read().since(before))).isEqualTo(Map.of(SELECT, 5L, UPDATE, 4L));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void statementsWithOneDigestAreOneStatement(boolean preparedByServer) throws Exception {
        StatementCounts counts = StatementCounts.of(node, DATABASE, ALL);
        assertThat(counts.statementOf(SELECT_TWO)).isEqualTo(counts.statementOf(SELECT_THREE));
        try (Connection connection = load(preparedByServer)) {
            StatementReading before = counts.read();
            execute(connection, SELECT_TWO, 2, 1, 2);
            execute(connection, SELECT_THREE, 5, 1, 2, -3);
            Delta delta = counts.read().since(before);
            assertThat(delta.atLeast().get(counts.statementOf(SELECT_TWO))).isEqualTo(7);
        }
    }

    @Test
    void executionsOfEndedSessionsAreStillInTheSum() throws Exception {
        StatementCounts counts = StatementCounts.of(node, DATABASE, ALL);
        try (Connection staying = load(true)) {
            StatementReading before;
            try (Connection ending = load(true)) {
                execute(ending, SELECT, 10, 1);
                before = counts.read();
                execute(staying, SELECT, 2, 1);
                execute(ending, SELECT, 5, 1);
            }
            Delta delta = counts.read().since(before);
            assertThat(delta.cannotTell()).isEmpty();
            assertThat(executed(counts, delta)).isEqualTo(Map.of(SELECT, 2L));
            assertThat(delta.totalAtLeast()).isEqualTo(7);
            assertThat(delta.totalAtMost()).isEqualTo(7);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void theSumIsWithinItsBoundsWhereSessionsEndAtOnce(boolean preparedByServer) throws Exception {
        StatementCounts counts = StatementCounts.of(node, DATABASE, ALL);
        int sessions = 8;
        ExecutorService threads = Executors.newFixedThreadPool(sessions);
        CyclicBarrier together = new CyclicBarrier(sessions);
        try {
            StatementReading before = counts.read();
            List<Callable<Void>> work = Collections.nCopies(sessions, () -> {
                try (Connection connection = load(preparedByServer)) {
                    execute(connection, SELECT, 10, 1);
                    together.await(1, TimeUnit.MINUTES);
                }
                return null;
            });
            runAll(threads, work);
            Delta delta = counts.read().since(before);
            assertThat(delta.cannotTell()).isEmpty();
            assertThat(80L).isBetween(delta.totalAtLeast(), delta.totalAtMost());
        } finally {
            threads.shutdownNow();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void theSumIsExactUnderConcurrentLoad(boolean preparedByServer) throws Exception {
        StatementCounts counts = StatementCounts.of(node, DATABASE, ALL);
        ExecutorService threads = Executors.newFixedThreadPool(16);
        List<Connection> connections = new ArrayList<>();
        try {
            for (int i = 0; i < 16; i++) {
                connections.add(load(preparedByServer));
            }
            StatementReading before = counts.read();
            List<Callable<Void>> work = new ArrayList<>();
            for (Connection connection : connections) {
                work.add(() -> {
                    execute(connection, SELECT, 500, 1);
                    execute(connection, UPDATE, 20, 5, "", 1);
                    return null;
                });
            }
            runAll(threads, work);
            Delta delta = counts.read().since(before);
            assertThat(delta.totalAtLeast()).isEqualTo(8320);
            assertThat(delta.totalAtMost()).isEqualTo(8320);
            if (preparedByServer) {
                assertThat(executed(counts, delta)).isEqualTo(Map.of(SELECT, 8000L, UPDATE, 320L));
            } else {
                assertThat(executed(counts, delta).get(SELECT)).isBetween(7900L, 8000L);
            }
        } finally {
            threads.shutdownNow();
            for (Connection connection : connections) {
                connection.close();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void oneExecutionTooManyOrTooFewIsFound(boolean preparedByServer) throws Exception {
        StatementCounts counts = StatementCounts.of(node, DATABASE, ALL);
        try (Connection connection = load(preparedByServer)) {
            StatementReading before = counts.read();
            execute(connection, SELECT, 7, 1);
            execute(connection, UPDATE, 3, 5, "", 1);
            Delta delta = counts.read().since(before);
            assertThat(verdict(counts, delta, 7, 3)).isEqualTo(Verdict.VALID);
            assertThat(verdict(counts, delta, 6, 3)).isEqualTo(Verdict.INVALID);
            assertThat(verdict(counts, delta, 7, 4)).isEqualTo(Verdict.INVALID);
            assertThat(verdict(counts, delta, 8, 2))
                    .as("one counted as the other")
                    .isEqualTo(Verdict.INVALID);
        }
    }

    private static void runAll(ExecutorService threads, List<Callable<Void>> work) throws Exception {
        for (Future<Void> done : threads.invokeAll(work)) {
            done.get();
        }
    }

    private static Verdict verdict(StatementCounts counts, Delta delta, long selects, long updates) {
        String name = node.name();
        List<Client> clients = List.of(
                new Client(name, counts.statementOf(SELECT), selects, 0),
                new Client(name, counts.statementOf(UPDATE), updates, 0));
        Server server =
                new Server(name, delta.atLeast(), delta.totalAtLeast(), delta.totalAtMost(), delta.cannotTell());
        return ServerCounts.check("it", clients, List.of(server)).verdict();
    }

    private static Map<String, Long> executed(StatementCounts counts, Delta delta) {
        Map<String, Long> executed = new HashMap<>();
        for (String text : ALL) {
            long count = delta.atLeast().getOrDefault(counts.statementOf(text), 0L);
            if (count > 0) {
                executed.put(text, count);
            }
        }
        return executed;
    }
}
