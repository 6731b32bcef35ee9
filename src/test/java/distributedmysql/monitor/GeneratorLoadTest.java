package distributedmysql.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class GeneratorLoadTest {
    private static final long SECOND = 1_000_000_000;

    @Test
    void seesTheProcessorTimeThatThisJvmTakes() {
        try (GeneratorLoad load = new GeneratorLoad(Duration.ofMillis(100))) {
            long start = System.nanoTime();
            assertThat(load.between(start, start + SECOND)).isEmpty();
            load.start();
            Optional<GeneratorLoad.Share> share = Optional.empty();
            // This loop is the processor time.
            while (share.isEmpty() || share.get().processSeconds() < 0.5) {
                assertThat(System.nanoTime() - start)
                        .as("30 s of work; last state %s", share)
                        .isLessThan(30 * SECOND);
                share = load.between(start, System.nanoTime());
            }
            assertThat(share.get().processPercent()).isPositive().isLessThanOrEqualTo(100);
            if (share.get().machinePercent() != null) {
                assertThat(share.get().machinePercent()).isBetween(0.0, 100.0);
            }
        }
    }

    @Test
    void aPartOfTheTimeHasAPartOfTheProcessorTime() {
        try (GeneratorLoad load = new GeneratorLoad(Duration.ofMillis(100))) {
            long start = System.nanoTime();
            load.start();
            Optional<GeneratorLoad.Share> whole = Optional.empty();
            while (whole.isEmpty() || whole.get().processSeconds() < 0.5) {
                assertThat(System.nanoTime() - start).isLessThan(30 * SECOND);
                whole = load.between(start, System.nanoTime());
            }
            long end = System.nanoTime();
            double first =
                    load.between(start, start + (end - start) / 2).orElseThrow().processSeconds();
            double second =
                    load.between(start + (end - start) / 2, end).orElseThrow().processSeconds();

            assertThat(first).isBetween(0.0, whole.get().processSeconds() + 0.2);
            assertThat(second).isBetween(0.0, whole.get().processSeconds() + 0.2);
            assertThat(first + second).isGreaterThanOrEqualTo(whole.get().processSeconds() - 0.2);
        }
    }

    @Test
    void aTimeThatNoReadingCoversHasNoShare() {
        try (GeneratorLoad load = new GeneratorLoad(Duration.ofMillis(100))) {
            load.start();
            long start = System.nanoTime();
            Awaitility.await()
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> load.between(start - SECOND, System.nanoTime()).isPresent());
            assertThat(load.between(start - 20 * SECOND, start - 10 * SECOND)).isEmpty();
        }
    }
}
