package distributedmysql.experiment.sharding.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class PredictionTest {
    /** 1, 2, … 1,000 µs, once each. */
    private static Histogram even() {
        Histogram histogram = new Histogram(1_000_000, 4);
        for (int micros = 1; micros <= 1_000; micros++) {
            histogram.recordValue(micros);
        }
        return histogram;
    }

    @Test
    void ofOneShardItIsThatShardsOwn() {
        assertThat(Prediction.of(List.of(even()))).isEqualTo(new Prediction(500, 950, 990));
    }

    @Test
    @DisplayName("Of n alike, P(all <= t) = F(t)^n: the median of the slowest of 3 is the 79.4th percentile of each")
    void ofSeveralAlike() {
        // 0.5^(1/3) = 0.79370, 0.95^(1/3) = 0.98305, 0.99^(1/3) = 0.99666
        assertThat(Prediction.of(Collections.nCopies(3, even()))).isEqualTo(new Prediction(794, 984, 997));
    }

    @Test
    void aShardThatIsAlwaysSlowerDecides() {
        Histogram slow = new Histogram(1_000_000, 4);
        for (int micros = 2_001; micros <= 3_000; micros++) {
            slow.recordValue(micros);
        }

        assertThat(Prediction.of(List.of(even(), slow, even()))).isEqualTo(new Prediction(2_500, 2_950, 2_990));
    }

    @Test
    void withoutAnyAnswerOfAShardThereIsNone() {
        assertThat(Prediction.of(List.of(even(), new Histogram(1_000, 3)))).isNull();
    }
}
