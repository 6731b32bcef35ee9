package distributedmysql.mysql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** Threads that send to a server that is sometimes slow, and once stands still for half a second. */
class RateCapTest {
    private static final long MILLI = 1_000_000;
    private static final long SECOND = 1_000 * MILLI;
    private static final int MAX_RATE = 200;
    private static final int THREADS = 30;
    private static final long DURATION = 2_600 * MILLI;

    interface Client {
        void send(RateCap cap, long begin, ConcurrentLinkedQueue<Long> executed) throws SQLException;
    }

    @Test
    void noSecondHasMoreHoweverSlowTheServer() throws InterruptedException {
        RateCap cap = new RateCap(MAX_RATE);

        long[] executed = load(cap, RateCapTest::single);

        assertThat(most(executed)).isLessThanOrEqualTo(MAX_RATE);
        // It was used, and the report can say so.
        assertThat(executed.length).isGreaterThan(MAX_RATE);
        CapUse use = cap.use(System.nanoTime() - DURATION, System.nanoTime()).orElseThrow();
        assertThat(use.limited()).isTrue();
        assertThat(use.waitNanos()).isPositive();
        assertThat(use.timeShare()).isBetween(0.5, 1.0);
    }

    @Test
    void aTransactionLeavesAsAWholeAndGivesBackWhatItDidNotSend() throws InterruptedException {
        RateCap cap = new RateCap(MAX_RATE);

        long[] executed = load(cap, (limit, begin, done) -> {
            limit.reserve(8);
            try {
                for (int i = 0; i < 5; i++) {
                    one(limit, begin, done);
                }
            } finally {
                limit.release();
            }
        });

        assertThat(most(executed)).isLessThanOrEqualTo(MAX_RATE);
        assertThat(executed.length).isGreaterThan(MAX_RATE);
    }

    @Test
    void theSameLoadSendsMoreWhereItMay() throws InterruptedException {
        RateCap cap = new RateCap(1_000_000);

        assertThat(most(load(cap, RateCapTest::single))).isGreaterThan(MAX_RATE);
        CapUse use = cap.use(System.nanoTime() - DURATION, System.nanoTime()).orElseThrow();
        assertThat(use.limited()).isFalse();
        assertThat(use.requests()).isGreaterThan(MAX_RATE);
        assertThat(most(load(RateCap.none(), (none, begin, done) -> {
                    none.reserve(1);
                    none.release();
                    execute(begin, done);
                })))
                .isGreaterThan(MAX_RATE);
    }

    @Test
    void whatMayNotWaitIsSentAtOnceAndMakesTheOthersWait() throws SQLException {
        RateCap cap = new RateCap(10);
        long begin = System.nanoTime();
        for (int i = 0; i < 20; i++) {
            cap.answered(cap.send(false));
        }
        assertThat(cap.use(begin, System.nanoTime() + SECOND).orElseThrow().waited())
                .isZero();

        cap.answered(cap.send(true));
        assertThat(System.nanoTime() - begin).isGreaterThanOrEqualTo(SECOND);
        assertThat(cap.use(begin, System.nanoTime() + SECOND).orElseThrow().waited())
                .isEqualTo(1);
    }

    @Test
    void whoeverWaitsCanBeInterrupted() {
        RateCap cap = new RateCap(1);
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> {
                    cap.reserve(1);
                    cap.reserve(1);
                })
                .isInstanceOf(SQLException.class)
                .hasMessage("interrupted while waiting for external.max-rate = 1");
        assertThat(Thread.interrupted()).isTrue();
    }

    private static void single(RateCap cap, long begin, ConcurrentLinkedQueue<Long> executed) throws SQLException {
        one(cap, begin, executed);
    }

    private static void one(RateCap cap, long begin, ConcurrentLinkedQueue<Long> executed) throws SQLException {
        Permits.Permit permit = cap.send(true);
        execute(begin, executed);
        cap.answered(permit);
    }

    /** On its way, executed, and on its way back; nothing is executed from 1 s to 1.5 s. */
    private static void execute(long begin, ConcurrentLinkedQueue<Long> executed) {
        LockSupport.parkNanos((System.nanoTime() & 7) * MILLI);
        long since = System.nanoTime() - begin;
        if (since > SECOND && since < 1_500 * MILLI) {
            LockSupport.parkNanos(1_500 * MILLI - since);
        }
        executed.add(System.nanoTime());
        LockSupport.parkNanos(MILLI);
    }

    private static long[] load(RateCap cap, Client client) throws InterruptedException {
        ConcurrentLinkedQueue<Long> executed = new ConcurrentLinkedQueue<>();
        long begin = System.nanoTime();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            Thread thread = new Thread(() -> {
                try {
                    while (System.nanoTime() - begin < DURATION) {
                        client.send(cap, begin, executed);
                    }
                } catch (SQLException e) {
                    throw new AssertionError(e);
                }
            });
            threads.add(thread);
            thread.start();
        }
        for (Thread thread : threads) {
            thread.join();
        }
        return executed.stream().mapToLong(Long::longValue).sorted().toArray();
    }

    /** In the fullest second, wherever it begins. */
    private static int most(long[] times) {
        int most = 0;
        int from = 0;
        for (int to = 0; to < times.length; to++) {
            while (times[to] - times[from] > SECOND) {
                from++;
            }
            most = Math.max(most, to - from + 1);
        }
        assertThat(times).isEqualTo(Arrays.stream(times).sorted().toArray());
        return most;
    }
}
