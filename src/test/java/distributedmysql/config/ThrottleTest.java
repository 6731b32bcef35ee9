package distributedmysql.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import distributedmysql.experiment.consistency.ConsistencySettings;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class ThrottleTest {
    private static ConsistencySettings.Tables tables(String... settings) {
        return SettingsTest.load(settings).of(ConsistencySettings.class).tables();
    }

    @Test
    void theDefaultsAreThoseOfPtTableChecksumAndShowNoValuesOfOthers() {
        ConsistencySettings.Tables tables = tables();

        assertThat(tables.throttle())
                .isEqualTo(
                        new Throttle(Optional.of(Duration.ofSeconds(1)), OptionalInt.of(25), Duration.ofMinutes(10)));
        assertThat(tables.show()).isEqualTo(Show.AUTO);
        assertThat(Show.AUTO.of(true)).isEqualTo(Show.VALUES);
        assertThat(Show.AUTO.of(false)).isEqualTo(Show.KEYS);
        assertThat(Show.COLUMNS.of(true)).isEqualTo(Show.COLUMNS);
    }

    @Test
    void zeroIsOff() {
        Throttle off = tables(
                        "consistency.tables.throttle.max-lag=0ms", "consistency.tables.throttle.max-threads-running=0")
                .throttle();

        assertThat(off.isOff()).isTrue();
        assertThat(tables("consistency.tables.throttle.max-lag=0ms").throttle().isOff())
                .isFalse();
    }

    @Test
    void whatIsNotAllowedIsRefusedWithWhatIs() {
        assertThatThrownBy(() -> tables("consistency.tables.show=hashes"))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("consistency.tables.show = hashes: must be one of auto, columns, keys, values");
        assertThatThrownBy(() -> tables("consistency.tables.throttle.max-wait=0s"))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("consistency.tables.throttle.max-wait = 0s");
    }
}
