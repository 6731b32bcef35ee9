package distributedmysql.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class LedgerWriteTest {
    private static final Completion BROKEN = new Completion(Outcome.UNKNOWN, "08S01", 0);

    @Test
    void aWriteThatCannotBeIsRefused() {
        assertThatThrownBy(() -> new LedgerWrite(-1, 1, 1, Completion.OK, "a"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new LedgerWrite(1, 2, 1, Completion.OK, "a")).hasMessageContaining("write 1");
        assertThatThrownBy(() -> new LedgerWrite(1, 1, 2, Completion.OK, "")).hasMessageContaining("write 1");
        assertThatThrownBy(() -> new LedgerWrite(1, 1, 2, BROKEN, "a")).hasMessageContaining("write 1");
    }

    @Test
    void theLimitsAreAllowed() {
        assertThat(write(0, 0, 0).id()).isZero();
        assertThat(write(Integer.MAX_VALUE - 1, 5, 5).completeMicros()).isEqualTo(5);
    }

    @Test
    void beyondThemItIsRefused() {
        assertThatThrownBy(() -> write(-1, 0, 0)).hasMessage("write id -1");
        assertThatThrownBy(() -> write(Integer.MAX_VALUE, 0, 0)).hasMessage("write id 2147483647");
        assertThatThrownBy(() -> write(1, -1, 0)).hasMessageContaining("invoked at -1 µs");
        assertThatThrownBy(() -> write(1, 5, 4)).hasMessageContaining("invoked at 5 µs, completed at 4 µs");
    }

    private static LedgerWrite write(long id, long invoked, long completed) {
        return new LedgerWrite(id, invoked, completed, Completion.OK, "a");
    }
}
