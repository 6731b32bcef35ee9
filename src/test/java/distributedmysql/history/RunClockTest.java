package distributedmysql.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class RunClockTest {
    @Test
    void beginsAtZeroAndCountsMicroseconds() {
        Instant before = Instant.now();
        long nanos = System.nanoTime();
        RunClock clock = new RunClock();
        long later = System.nanoTime();
        assertThat(clock.startedAt()).isBetween(before, Instant.now());
        assertThat(clock.micros(nanos)).isNotPositive();
        assertThat(clock.micros(later)).isNotNegative();
        assertThat(clock.micros(later + 5_000_000) - clock.micros(later)).isEqualTo(5_000);
        assertThat(clock.micros(System.nanoTime() - 1_000)).isLessThanOrEqualTo(clock.micros());
        assertThat(clock.micros(nanos + 60_000_000_000L)).isBetween(59_000_000L, 60_000_000L);
    }

    @Test
    void goesOn() {
        RunClock clock = new RunClock();
        Awaitility.await().until(() -> clock.micros() > 0);
    }
}
