package distributedmysql.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class CompletionTest {
    @Test
    void whatIsAcknowledgedHasNoError() {
        assertThat(new Completion(Outcome.OK, "", 0)).isEqualTo(Completion.OK);
        assertThatThrownBy(() -> new Completion(Outcome.OK, "40001", 0)).hasMessage("OK with an error: 40001, 0");
        assertThatThrownBy(() -> new Completion(Outcome.OK, "", 1213)).hasMessage("OK with an error: , 1213");
    }
}
