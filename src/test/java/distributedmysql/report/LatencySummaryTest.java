package distributedmysql.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

class LatencySummaryTest {
    @Test
    void hasThePercentilesOfWhatWasRecorded() {
        Histogram histogram = new Histogram(5);
        for (int value = 1; value <= 1000; value++) {
            histogram.recordValue(value);
        }
        assertThat(LatencySummary.of(histogram)).isEqualTo(new LatencySummary(1, 500.5, 500, 900, 950, 990, 999, 1000));
    }

    @Test
    void anEmptyHistogramHasNone() {
        assertThat(LatencySummary.of(new Histogram(3))).isNull();
    }
}
