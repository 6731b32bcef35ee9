package distributedmysql.mysql;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Whose fault it was that there was no connection: pools of four, each of whose connections is a thread. */
class CapWaitsTest {
    private static final long MILLI = 1_000_000;
    private static final int POOL = 4;
    private static final long WAIT = 1_500 * MILLI;
    private static final long HANGS = 60_000 * MILLI;

    private final List<Thread> threads = new ArrayList<>();

    @AfterEach
    void end() throws InterruptedException {
        threads.forEach(Thread::interrupt);
        for (Thread thread : threads) {
            thread.join();
        }
    }

    @Test
    @DisplayName("Connections that all wait for the cap were kept by it")
    void cap() {
        RateCap cap = new RateCap(20);
        CapWaits pool = cap.waits();
        CapWaits.Mark since = pool.mark();
        use(pool, 2 * POOL, 0);
        LockSupport.parkNanos(2 * WAIT);

        assertThat(pool.keptAll(since, POOL)).isTrue();
        assertThat(pool.keptOne(since)).isTrue();
    }

    @Test
    @DisplayName("A server that hangs keeps them, though one of them waits for the cap, which others use")
    void server() {
        RateCap cap = new RateCap(20);
        CapWaits busy = cap.waits();
        CapWaits pool = cap.waits();
        use(pool, POOL - 1, HANGS);
        LockSupport.parkNanos(100 * MILLI);
        CapWaits.Mark since = pool.mark();
        CapWaits.Mark ofBusy = busy.mark();
        use(busy, 2 * POOL, 0);
        use(pool, 1, 0);
        LockSupport.parkNanos(2 * WAIT);

        assertThat(pool.keptAll(since, POOL)).isFalse();
        assertThat(busy.keptAll(ofBusy, POOL)).isTrue();
    }

    @Test
    @DisplayName("A server that does not answer has the permits too: that others wait for these is not the cap's doing")
    void permits() {
        RateCap cap = new RateCap(POOL);
        CapWaits hanging = cap.waits();
        CapWaits pool = cap.waits();
        use(hanging, POOL, HANGS);
        LockSupport.parkNanos(WAIT);
        CapWaits.Mark since = pool.mark();
        use(pool, POOL, 0);
        LockSupport.parkNanos(WAIT);

        assertThat(pool.keptAll(since, POOL)).isFalse();
        assertThat(pool.keptOne(since)).isFalse();
    }

    @Test
    @DisplayName("Where nothing waits, or there is no cap, it is not to blame")
    void none() {
        for (RateCap cap : List.of(new RateCap(1_000_000), RateCap.none())) {
            CapWaits pool = cap.waits();
            CapWaits.Mark since = pool.mark();
            use(pool, POOL, 5 * MILLI);
            LockSupport.parkNanos(100 * MILLI);

            assertThat(pool.keptAll(since, POOL)).isFalse();
            assertThat(pool.keptOne(since)).isFalse();
        }
    }

    /** So many connections send one request after the other, each of which the server answers after so long. */
    private void use(CapWaits pool, int connections, long answerNanos) {
        for (int i = 0; i < connections; i++) {
            Thread thread = new Thread(() -> {
                try {
                    while (!Thread.currentThread().isInterrupted()) {
                        send(pool, answerNanos);
                    }
                } catch (SQLException e) {
                    // The test has ended.
                }
            });
            threads.add(thread);
            thread.start();
        }
    }

    private static void send(CapWaits pool, long answerNanos) throws SQLException {
        if (pool.cap().maxRate() == 0) {
            LockSupport.parkNanos(answerNanos);
            return;
        }
        Permits.Permit permit = pool.cap().send(true, pool);
        LockSupport.parkNanos(answerNanos);
        pool.cap().answered(permit);
    }
}
