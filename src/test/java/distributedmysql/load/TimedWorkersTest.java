package distributedmysql.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@Timeout(60)
class TimedWorkersTest {
    private static final int MOST = 3;

    private final List<TimedWorkers> started = new ArrayList<>();
    private final TimedWorkers workers = workers("test", MOST);

    private TimedWorkers workers(String name, int most) {
        TimedWorkers workers = new TimedWorkers(name, most);
        started.add(workers);
        return workers;
    }

    @AfterEach
    void end() throws InterruptedException {
        for (TimedWorkers one : started) {
            one.shutdown();
            one.awaitEnd(TimeUnit.SECONDS.toNanos(10));
        }
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
        TimedWorkers one = workers("one", 1);
        CountDownLatch go = occupyAll(one, 1);
        Queue<Integer> order = new ConcurrentLinkedQueue<>();
        CountDownLatch done = new CountDownLatch(5);
        long now = System.nanoTime();
        for (int i : List.of(3, 1, 4, 0, 2)) {
            one.execute(now - 1_000_000 + i, () -> {
                order.add(i);
                done.countDown();
            });
        }
        go.countDown();
        done.await();
        assertThat(order).containsExactly(0, 1, 2, 3, 4);
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
    void nothingWaitsForAThreadThatSleepsLonger() throws InterruptedException {
        int count = 100;
        TimedWorkers many = workers("many", count + 1);
        CountDownLatch free = occupyAll(many, 1);
        many.execute(System.nanoTime() + TimeUnit.HOURS.toNanos(1), () -> {});
        free.countDown();
        CountDownLatch together = new CountDownLatch(count);
        // Some come before a thread is there for the one before.
        for (int i = 0; i < count; i++) {
            many.execute(System.nanoTime(), () -> {
                together.countDown();
                await(together);
            });
        }
        together.await();
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void aThreadIsWokenOnTime() throws InterruptedException {
        AtomicReference<String> slack = new AtomicReference<>();
        CountDownLatch done = new CountDownLatch(1);
        workers.execute(System.nanoTime(), () -> {
            slack.set(timerSlack());
            done.countDown();
        });
        done.await();
        assertThat(slack).hasValue("20000");
    }

    private static String timerSlack() {
        try {
            Path thread = Files.readSymbolicLink(Path.of("/proc/thread-self"));
            return Files.readString(Path.of("/proc/" + thread.getFileName() + "/timerslack_ns"))
                    .strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
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
    private static CountDownLatch occupyAll(TimedWorkers workers, int most) throws InterruptedException {
        CountDownLatch occupied = new CountDownLatch(most);
        CountDownLatch go = new CountDownLatch(1);
        for (int i = 0; i < most; i++) {
            workers.execute(System.nanoTime(), () -> {
                occupied.countDown();
                await(go);
            });
        }
        occupied.await();
        return go;
    }

    private static void awaitWaiting(Thread thread) {
        Awaitility.await().until(() -> thread.getState() == Thread.State.TIMED_WAITING);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
