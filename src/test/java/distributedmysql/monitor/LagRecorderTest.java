package distributedmysql.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LagRecorderTest {
    private static final long MILLI = 1_000_000;

    private final LoadWindow load = new LoadWindow();
    private final LagRecorder recorder = new LagRecorder(load);

    @BeforeEach
    void begin() {
        load.begins(0, Duration.ofSeconds(1));
    }

    @Test
    void withoutSamplesThereAreNoFigures() {
        recorder.missing(ticks(0, 3));
        assertThat(recorder.statistics(ticks(500 * MILLI, 2)))
                .isEqualTo(new LagStatistics(null, null, null, null, null, 0, 5));
    }

    @Test
    void countsAndRanksSamples() {
        for (long micros = 1; micros <= 100; micros++) {
            recorder.record(0, micros);
        }
        assertThat(recorder.statistics(Sampler.Ticks.NONE))
                .isEqualTo(new LagStatistics(51L, 50L, 95L, 99L, 100L, 100, 0));
    }

    @Test
    void ranksNegativeValuesBelowTheOthers() {
        for (long micros = -60; micros < 40; micros++) {
            recorder.record(0, micros);
        }
        assertThat(recorder.statistics(Sampler.Ticks.NONE))
                .isEqualTo(new LagStatistics(-10L, -11L, 34L, 38L, 39L, 100, 0));
    }

    @Test
    void theHighestOfNegativeValuesIsNegative() {
        recorder.record(0, -2_000);
        recorder.record(0, -1_000);
        assertThat(recorder.statistics(Sampler.Ticks.NONE))
                .isEqualTo(new LagStatistics(-1_500L, -2_000L, -1_000L, -1_000L, -1_000L, 2, 0));
    }

    @Test
    void whatIsNotInTheLoadsTimeDoesNotCount() {
        load.begins(100 * MILLI, Duration.ofMillis(500));
        recorder.record(99 * MILLI, 9_000);
        recorder.record(100 * MILLI, 10);
        recorder.missing(200 * MILLI);
        recorder.record(599 * MILLI, 30);
        recorder.record(600 * MILLI, 9_000);
        recorder.missing(700 * MILLI);
        // At 550, 560, ..., of which 550 to 590 are in it; then at 595 and 605.
        recorder.missing(new Sampler.Ticks(540 * MILLI, 10, 10 * MILLI));
        LagStatistics expected = new LagStatistics(20L, 10L, 30L, 30L, 30L, 2, 1 + 5 + 1);
        Sampler.Ticks overdue = new Sampler.Ticks(585 * MILLI, 2, 10 * MILLI);
        assertThat(recorder.statistics(overdue)).isEqualTo(expected);
    }

    @Test
    void aLoadThatEndsEarlierThanPlannedEndsThen() {
        load.ends(300 * MILLI);
        load.ends(400 * MILLI);
        recorder.record(299 * MILLI, 10);
        recorder.record(300 * MILLI, 9_000);
        assertThat(recorder.statistics(Sampler.Ticks.NONE)).isEqualTo(new LagStatistics(10L, 10L, 10L, 10L, 10L, 1, 0));
    }

    @Test
    void nothingCountsBeforeALoadHasBegun() {
        LoadWindow none = new LoadWindow();
        none.ends(0);
        LagRecorder early = new LagRecorder(none);
        early.record(0, 10);
        early.missing(0);
        assertThat(early.statistics(ticks(0, 2))).isEqualTo(new LagStatistics(null, null, null, null, null, 0, 0));
    }

    private static Sampler.Ticks ticks(long after, long count) {
        return new Sampler.Ticks(after, count, MILLI);
    }
}
