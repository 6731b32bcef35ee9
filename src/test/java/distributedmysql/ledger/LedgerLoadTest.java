package distributedmysql.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LedgerLoadTest {
    @ParameterizedTest
    @CsvSource({"PT1S, PT1S", "PT1.001S, PT2S", "PT15.5S, PT16S", "PT0.2S, PT1S"})
    @DisplayName("A load takes whole seconds, and no less than was asked for")
    void wholeSeconds(Duration load, Duration whole) {
        assertThat(LedgerLoad.wholeSeconds(load)).isEqualTo(whole);
    }
}
