package distributedmysql.experiment.sharding.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
        assertThat(Prediction.of(List.of(even()))).isEqualTo(prediction(500, 950, 990));
    }

    @Test
    @DisplayName("Of n alike, P(all <= t) = F(t)^n: the median of the slowest of 3 is the 79.4th percentile of each")
    void ofSeveralAlike() {
        // 0.5^(1/3) = 0.79370, 0.95^(1/3) = 0.98305, 0.99^(1/3) = 0.99666
        assertThat(Prediction.of(Collections.nCopies(3, even()))).isEqualTo(prediction(794, 984, 997));
    }

    @Test
    void aShardThatIsAlwaysSlowerDecides() {
        Histogram slow = new Histogram(1_000_000, 4);
        for (int micros = 2_001; micros <= 3_000; micros++) {
            slow.recordValue(micros);
        }

        assertThat(Prediction.of(List.of(even(), slow, even()))).isEqualTo(prediction(2_500, 2_950, 2_990));
    }

    private static Prediction prediction(long p50, long p95, long p99) {
        return new Prediction(p50, p95, p99, 1_000, List.of());
    }

    @ParameterizedTest
    @DisplayName("It says how many answers it rests on, and for which percentiles fewer than ten of them are slower")
    @CsvSource({
        "1000, of 1000 answers of the steady state",
        "999, 'of 999 answers of the steady state'",
        "940, 'of 940 answers of the steady state, too few for p99: fewer than 10 are slower'",
        "200, 'of 200 answers of the steady state, too few for p99: fewer than 10 are slower'",
        "180, 'of 180 answers of the steady state, too few for p95 and p99: fewer than 10 are slower'",
        "5, 'of 5 answers of the steady state, too few for p50 and p95 and p99: fewer than 10 are slower'",
        "1, 'of 1 answer of the steady state, too few for p50 and p95 and p99: fewer than 10 are slower'"
    })
    void basis(int answers, String said) {
        Histogram histogram = new Histogram(1_000_000, 4);
        histogram.recordValueWithCount(5, answers);

        assertThat(Prediction.of(List.of(histogram, even(), histogram)).basis()).isEqualTo(said);
    }

    @Test
    void withoutAnyAnswerOfAShardThereIsNone() {
        assertThat(Prediction.of(List.of(even(), new Histogram(1_000, 3)))).isNull();
    }
}
