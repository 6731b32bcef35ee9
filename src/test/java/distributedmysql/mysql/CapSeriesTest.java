package distributedmysql.mysql;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CapSeriesTest {
    private static final long EPOCH = Long.MAX_VALUE - Duration.ofHours(1).toNanos();

    @ParameterizedTest
    @ValueSource(ints = {0, 102, 103, 205, 1_000})
    @DisplayName("The request for which the series grows counts as any other, however late it is")
    void grows(int second) {
        long now = EPOCH + Duration.ofSeconds(second).toNanos();
        CapSeries sent = new CapSeries(EPOCH);
        sent.sent(now);
        assertThat(sent.between(EPOCH, now + 1, 10).requests()).isEqualTo(1);

        CapSeries waited = new CapSeries(EPOCH);
        waited.waited(now, now + 1_000, 3);
        assertThat(waited.between(EPOCH, now + 1_001, 10).waited()).isEqualTo(3);
        assertThat(waited.between(EPOCH, now + 1_001, 10).waitNanos()).isEqualTo(1_000);
    }
}
