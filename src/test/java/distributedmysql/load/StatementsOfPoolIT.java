package distributedmysql.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import distributedmysql.history.Outcome;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a connection of a pool does with a statement that takes too long, or is ended by somebody else. */
@Timeout(60)
class StatementsOfPoolIT extends PoolFixture {
    /** Of a SLEEP() that stands alone, a killed one returns 1 and no error (MySQL manual, "Miscellaneous Functions"). */
    private static final String SLOW = "SELECT SLEEP(30) FROM schemata";

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
}
