package distributedmysql.history;

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
}
