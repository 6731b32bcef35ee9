package distributedmysql.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SamplerTest {
    private static final Duration INTERVAL = Duration.ofMillis(10);

    @Test
    void goesOnAfterAReadingThatFailed() throws Exception {
        AtomicLong calls = new AtomicLong();
        try (Sampler sampler = new Sampler("odd", INTERVAL, () -> {
            if (calls.incrementAndGet() % 2 == 1) {
                throw new IllegalStateException("no reading " + calls);
            }
        })) {
            sampler.start();
            await(() -> sampler.counts().taken() >= 3);
            Sampler.Counts counts = sampler.counts();
            assertThat(counts.failed()).isGreaterThanOrEqualTo(3);
            assertThat(counts.lastError()).startsWith("no reading ");
            assertThat(counts.sampler()).isEqualTo("odd");
        }
    }

    @Test
    void countsTheTicksMissedDuringASlowReadingAndDoesNotMakeUpForThem() throws Exception {
        Blocking reading = new Blocking();
        try (Sampler sampler = new Sampler("slow", INTERVAL, reading)) {
            sampler.start();
            await(() -> sampler.overdue().count() >= 20);
            assertThat(sampler.counts().missed()).isGreaterThanOrEqualTo(20);
            assertThat(sampler.counts().taken()).isZero();
            assertThat(reading.missed).hasValue(0);
            long begun = System.nanoTime();
            reading.release.countDown();
            await(() -> sampler.counts().taken() >= 5);
            long intervals = (System.nanoTime() - begun) / INTERVAL.toNanos();
            assertThat(sampler.counts().taken()).isLessThanOrEqualTo(intervals + 2);
            assertThat(reading.missed.get()).isGreaterThanOrEqualTo(20);
        }
    }

    @Test
    void aBlockedSamplerHoldsUpNoOther() throws Exception {
        Blocking reading = new Blocking();
        AtomicLong other = new AtomicLong();
        try (Sampler blocked = new Sampler("blocked", INTERVAL, reading);
                Sampler free = new Sampler("free", INTERVAL, other::incrementAndGet)) {
            blocked.start();
            free.start();
            await(() -> other.get() >= 10);
            assertThat(blocked.counts().taken()).isZero();
        }
    }

    @Test
    void closeEndsAReadingInProgressWithoutCountingIt() throws Exception {
        Blocking reading = new Blocking();
        Sampler sampler = new Sampler("closed", INTERVAL, reading);
        sampler.start();
        await(() -> reading.begun.get() == 1);
        sampler.close();
        sampler.close();
        assertThat(reading.ended).hasValue(1);
        assertThat(sampler.counts().taken() + sampler.counts().failed()).isZero();
    }

    @Test
    void closeDoesNotWaitForEverForReadingsThatDoNotEnd() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        List<Sampler> samplers =
                List.of(new Sampler("stuck 1", INTERVAL, never::await), new Sampler("stuck 2", INTERVAL, never::await));
        samplers.forEach(Sampler::start);
        await(() -> samplers.stream().allMatch(sampler -> sampler.overdue().count() > 0));
        Sampler.closeAll(samplers);
        long missed = samplers.get(0).counts().missed();
        never.countDown();
        assertThat(samplers.get(0).counts().missed()).isEqualTo(missed);
    }

    @Test
    void refusesAnIntervalThatIsNotPositive() {
        assertThatThrownBy(() -> new Sampler("none", Duration.ZERO, () -> {}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("none");
    }

    @Test
    void ofTicksInARowThoseInATimeAreCounted() {
        Sampler.Ticks ticks = new Sampler.Ticks(1_000, 4, 10);
        assertThat(ticks.in(new LoadTime(0, 2_000))).isEqualTo(4);
        assertThat(ticks.in(new LoadTime(1_010, 1_040)))
                .as("the end is not in it")
                .isEqualTo(3);
        assertThat(ticks.in(new LoadTime(1_011, 1_031))).isEqualTo(2);
        assertThat(ticks.in(new LoadTime(1_031, 1_040))).isZero();
        assertThat(ticks.in(new LoadTime(1_041, 2_000))).isZero();
        assertThat(Sampler.Ticks.NONE.in(new LoadTime(-5, 5))).isZero();
    }

    /** Blocks until it is released or closed. */
    private static final class Blocking implements Sampler.Reading {
        final CountDownLatch release = new CountDownLatch(1);
        final AtomicLong begun = new AtomicLong();
        final AtomicLong ended = new AtomicLong();
        final AtomicLong missed = new AtomicLong();

        @Override
        public void take() throws InterruptedException {
            begun.incrementAndGet();
            release.await();
            ended.incrementAndGet();
        }

        @Override
        public void missed(Sampler.Ticks ticks) {
            missed.addAndGet(ticks.count());
        }

        @Override
        public void close() {
            release.countDown();
        }
    }

    private static void await(BooleanSupplier condition) {
        Awaitility.await("a sampler").atMost(30, TimeUnit.SECONDS).until(condition::getAsBoolean);
    }
}
