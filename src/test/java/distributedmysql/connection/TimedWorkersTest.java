package distributedmysql.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class TimedWorkersTest {
    private static final int MOST = 3;

    private final TimedWorkers workers = new TimedWorkers("test", MOST);

    @AfterEach
    void end() throws InterruptedException {
        workers.shutdown();
        workers.awaitEnd(TimeUnit.SECONDS.toNanos(10));
    }

    @Test
    void workNeverBeginsBeforeItsTimeAndAllOfItIsDone() throws InterruptedException {
        int count = 2_000;
        AtomicInteger early = new AtomicInteger();
        CountDownLatch done = new CountDownLatch(count);
        long now = System.nanoTime();
        // Not in the order of their times.
        for (int i = 0; i < count; i++) {
            long at = now + (i * 7919L % count) * 50_000;
            workers.execute(at, () -> {
                if (System.nanoTime() < at) {
                    early.incrementAndGet();
                }
                done.countDown();
            });
        }
        done.await();
        assertThat(early).hasValue(0);
    }

    @Test
    void whatIsEarlierComesFirst() throws InterruptedException {
        CountDownLatch go = occupyAll();
        Queue<Integer> order = new ConcurrentLinkedQueue<>();
        CountDownLatch done = new CountDownLatch(5);
        long now = System.nanoTime();
        // One thread will be free for all of them.
        for (int i : List.of(3, 1, 4, 0, 2)) {
            workers.execute(now - 1_000_000 + i, () -> {
                order.add(i);
                done.countDown();
            });
        }
        go.countDown();
        done.await();
        assertThat(order).hasSize(5);
        assertThat(order.peek()).isZero();
    }

    @Test
    void somethingFarInTheFutureHoldsUpNothing() throws InterruptedException {
        long hour = TimeUnit.HOURS.toNanos(1);
        for (int i = 0; i < MOST - 1; i++) {
            workers.execute(System.nanoTime() + hour, () -> {});
        }
        CountDownLatch done = new CountDownLatch(100);
        for (int i = 0; i < 100; i++) {
            workers.execute(System.nanoTime(), done::countDown);
        }
        done.await();
    }

    @Test
    void asManyRunAtOnceAsThereMayBeThreadsAndNoMore() throws InterruptedException {
        AtomicInteger running = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        CountDownLatch together = new CountDownLatch(MOST);
        CountDownLatch done = new CountDownLatch(20);
        IntStream.range(0, 20)
                .forEach(i -> workers.execute(System.nanoTime(), () -> {
                    most.accumulateAndGet(running.incrementAndGet(), Math::max);
                    together.countDown();
                    await(together);
                    running.decrementAndGet();
                    done.countDown();
                }));
        done.await();
        assertThat(most).hasValue(MOST);
    }

    @Test
    void oneAfterTheOtherNeedsOneThread() throws InterruptedException {
        Set<Thread> threads = ConcurrentHashMap.newKeySet();
        for (int i = 0; i < 50; i++) {
            CountDownLatch done = new CountDownLatch(1);
            workers.execute(System.nanoTime(), () -> {
                threads.add(Thread.currentThread());
                done.countDown();
            });
            done.await();
            awaitWaiting(threads.iterator().next());
        }
        assertThat(threads).hasSize(1);
    }

    @Test
    void afterWorkThatThrowsTheNextIsDone() throws InterruptedException {
        CountDownLatch done = new CountDownLatch(1);
        workers.execute(System.nanoTime(), () -> {
            Thread.currentThread().setUncaughtExceptionHandler((thread, error) -> {});
            throw new IllegalStateException("a fault");
        });
        workers.execute(System.nanoTime(), done::countDown);
        done.await();
    }

    @Test
    void theEndDropsWhatHasNotBegunInterruptsTheRestAndTakesNoMore() throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch interrupted = new CountDownLatch(1);
        AtomicInteger dropped = new AtomicInteger();
        workers.execute(System.nanoTime(), () -> {
            begun.countDown();
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                interrupted.countDown();
            }
        });
        workers.execute(System.nanoTime() + TimeUnit.HOURS.toNanos(1), dropped::incrementAndGet);
        begun.await();
        workers.shutdown();
        interrupted.await();
        workers.awaitEnd(TimeUnit.SECONDS.toNanos(10));
        assertThat(dropped).hasValue(0);
        assertThatThrownBy(() -> workers.execute(System.nanoTime(), () -> {}))
                .isInstanceOf(RejectedExecutionException.class)
                .hasMessageContaining("test: the pool is closed");
    }

    /** All threads wait until the latch is counted down. */
    private CountDownLatch occupyAll() throws InterruptedException {
        CountDownLatch occupied = new CountDownLatch(MOST);
        CountDownLatch go = new CountDownLatch(1);
        for (int i = 0; i < MOST; i++) {
            workers.execute(System.nanoTime(), () -> {
                occupied.countDown();
                await(go);
            });
        }
        occupied.await();
        return go;
    }

    private static void awaitWaiting(Thread thread) {
        while (thread.getState() != Thread.State.TIMED_WAITING) {
            Thread.onSpinWait();
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
