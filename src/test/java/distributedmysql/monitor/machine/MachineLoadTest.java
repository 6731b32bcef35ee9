package distributedmysql.monitor.machine;

import static org.assertj.core.api.Assertions.assertThat;

import distributedmysql.history.MachineTime;
import distributedmysql.monitor.LoadTime;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class MachineLoadTest {
    @Test
    void seesTheProcessorTimeOfThisJvmAndThatNoServerIsHere() {
        try (MachineLoad machine = new MachineLoad(List.of())) {
            machine.start();
            long end = System.nanoTime() + Duration.ofSeconds(1).toNanos();
            while (System.nanoTime() < end) {
                Thread.onSpinWait();
            }
            Awaitility.await().until(() -> !machine.during(machine.soFar()).isEmpty());
            List<MachineTime> times = machine.during(machine.soFar());
            assertThat(times).anyMatch(time -> time.processors().client() > 0);
            assertThat(times).allSatisfy(time -> {
                assertThat(time.processors().client()).isBetween(0.0, 100.0);
                assertThat(time.processors().servers()).isNaN();
                assertThat(time.collectionPercent()).isBetween(0.0, 100.0);
                assertThat(time.longestStallMillis()).isNotNegative();
            });
        }
    }

    @Test
    void nothingIsKnownOfATimeBeforeItBegan() {
        try (MachineLoad machine = new MachineLoad(List.of())) {
            long before = machine.soFar().fromNanos();
            machine.start();
            Awaitility.await().until(() -> !machine.during(machine.soFar()).isEmpty());
            LoadTime earlier = new LoadTime(before - 2_000_000_000L, before - 1_000_000_000L);
            assertThat(machine.during(earlier)).isEmpty();
        }
    }
}
