package distributedmysql.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LagRecorderTest {
    private final LagRecorder recorder = new LagRecorder();

    @Test
    void withoutSamplesThereAreNoFigures() {
        recorder.missing(3);
        assertThat(recorder.statistics(2)).isEqualTo(new LagStatistics(null, null, null, null, null, 0, 5));
    }

    @Test
    void countsAndRanksSamples() {
        for (long micros = 1; micros <= 100; micros++) {
            recorder.record(micros);
        }
        assertThat(recorder.statistics(0)).isEqualTo(new LagStatistics(51L, 50L, 95L, 99L, 100L, 100, 0));
    }

    @Test
    void ranksNegativeValuesBelowTheOthers() {
        for (long micros = -60; micros < 40; micros++) {
            recorder.record(micros);
        }
        assertThat(recorder.statistics(0)).isEqualTo(new LagStatistics(-10L, -11L, 34L, 38L, 39L, 100, 0));
    }

    @Test
    void theHighestOfNegativeValuesIsNegative() {
        recorder.record(-2_000);
        recorder.record(-1_000);
        assertThat(recorder.statistics(0))
                .isEqualTo(new LagStatistics(-1_500L, -2_000L, -1_000L, -1_000L, -1_000L, 2, 0));
    }
}
