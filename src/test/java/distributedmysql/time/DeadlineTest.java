package distributedmysql.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeadlineTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    private long now;

    @ParameterizedTest
    @ValueSource(longs = {0, -5, Long.MAX_VALUE - 10})
    @DisplayName("It passes when its time is over, also where the clock overflows meanwhile")
    void passes(long start) {
        now = start;
        Deadline deadline = Deadline.after(SECOND, () -> now);
        assertThat(deadline.left()).isEqualTo(SECOND);
        assertThat(deadline.hasPassed()).isFalse();

        now = start + SECOND.toNanos() - 1;
        assertThat(deadline.left()).isEqualTo(Duration.ofNanos(1));
        assertThat(deadline.hasPassed()).isFalse();

        now = start + SECOND.toNanos();
        assertThat(deadline.hasPassed()).isTrue();

        now = start + 3 * SECOND.toNanos();
        assertThat(deadline.left()).isZero();
        assertThat(deadline.length()).isEqualTo(SECOND);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1})
    @DisplayName("One without any time has passed")
    void atOnce(long seconds) {
        assertThat(Deadline.after(Duration.ofSeconds(seconds), () -> now).hasPassed())
                .isTrue();
    }

    @Test
    @DisplayName("A later one ends that much later, also when the first has passed")
    void later() {
        Deadline deadline = Deadline.after(SECOND, () -> now);
        now = 2 * SECOND.toNanos();
        assertThat(deadline.later(SECOND).hasPassed()).isTrue();
        assertThat(deadline.later(SECOND.multipliedBy(3)).left()).isEqualTo(SECOND.multipliedBy(2));
    }

    @Test
    @DisplayName("A thread is waited for until it ends, and not at all once the deadline has passed")
    void join() throws InterruptedException {
        CountDownLatch end = new CountDownLatch(1);
        Thread thread = new Thread(() -> {
            try {
                end.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        thread.start();
        assertThat(Deadline.after(Duration.ZERO).join(thread)).isFalse();

        end.countDown();
        assertThat(Deadline.after(Duration.ofMinutes(1)).join(thread)).isTrue();
    }
}
