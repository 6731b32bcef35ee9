package distributedmysql.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class EndingTest {
    @Test
    void whatIsAcknowledgedHasNoError() {
        assertThat(new Ending(Outcome.OK, "", 0)).isEqualTo(Ending.OK);
        assertThatThrownBy(() -> new Ending(Outcome.OK, "40001", 0)).hasMessage("OK with an error: 40001, 0");
        assertThatThrownBy(() -> new Ending(Outcome.OK, "", 1213)).hasMessage("OK with an error: , 1213");
    }
}
