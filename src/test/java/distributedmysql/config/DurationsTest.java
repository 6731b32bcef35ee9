package distributedmysql.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationsTest {
    @ParameterizedTest
    @CsvSource({"500ms, 500", "10s, 10000", "5m, 300000", "6h, 21600000", "1.5s, 1500", "2 seconds, 2000", "0ms, 0"})
    void unitsAreUnderstood(String text, long millis) {
        assertThat(Durations.withUnit(text)).isEqualTo(Duration.ofMillis(millis));
    }

    @ParameterizedTest
    @ValueSource(strings = {"10", "0", "-3", "1.5", "", " "})
    void aBareNumberIsRefused(String text) {
        assertThatThrownBy(() -> Durations.withUnit(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void textIsReadBackAsTheSame() {
        for (Duration duration : new Duration[] {
            Duration.ZERO, Duration.ofMillis(1), Duration.ofSeconds(90), Duration.ofHours(24), Duration.ofMinutes(90)
        }) {
            assertThat(Durations.withUnit(Durations.text(duration))).isEqualTo(duration);
        }
    }
}
